import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DiopterError, type RunEvent } from "@diopter/engine";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { QueueDatabase } from "./database.js";
import { JobQueue } from "./job-queue.js";

const crash = new DiopterError("runner/crashed", { message: "It died.", remedy: "Try again." });
const request = { document: "{}", folder: "" };
const opened: { database: QueueDatabase; folder: string | undefined }[] = [];

/** Where a queue may live; every one keeps the same contract. */
const places = {
  file: () => {
    const folder = mkdtempSync(join(tmpdir(), "diopter-queue-"));
    return { folder, path: join(folder, "queue.sqlite") };
  },
  memory: () => ({ folder: undefined, path: ":memory:" }),
};

afterEach(() => {
  for (const { database, folder } of opened.splice(0)) {
    database.close();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  }
});

const skippedEvent = (sequence: number): RunEvent => ({
  type: "node-skipped",
  node: "a",
  because: "muted",
  sequence,
  at: 0,
});

describe.each(Object.entries(places))("a queue in %s", (_name, place) => {
  function openQueue(limits = { queueLimit: 5, maxAttempts: 3 }) {
    const { folder, path } = place();
    const database = QueueDatabase.open(path);
    opened.push({ database, folder });
    let time = 0;
    return new JobQueue(database, limits, () => ++time);
  }

  const add = (queue: JobQueue, id: string, rest = {}) =>
    queue.add({ name: id, id, request, ...rest });

  it("runs higher priorities first, and equal ones as they came", () => {
    const queue = openQueue();
    add(queue, "a");
    add(queue, "b", { priority: 5 });
    add(queue, "c");
    add(queue, "d", { first: true });
    expect(queue.waiting()).toEqual(["b", "d", "a", "c"]);
    expect(["take", "take"].map(() => queue.take()?.id)).toEqual(["b", "d"]);
    expect(queue.get("c")).toMatchObject({ status: "queued", position: 1 });
  });

  it("moves a waiting job before another, whose priority it takes", () => {
    const queue = openQueue();
    for (const id of ["a", "b", "c"]) add(queue, id);
    add(queue, "high", { priority: 9 });
    queue.move("c", "high");
    expect(queue.waiting()).toEqual(["c", "high", "a", "b"]);
    queue.move("high", null);
    expect(queue.waiting()).toEqual(["c", "a", "b", "high"]);
    queue.setPriority("b", 100);
    expect(queue.waiting()).toEqual(["b", "c", "a", "high"]);
    expect(() => queue.move("a", "nobody")).toThrow("does not wait");
  });

  it("refuses more than it may hold, and an id twice", () => {
    const queue = openQueue({ queueLimit: 2, maxAttempts: 3 });
    add(queue, "a");
    expect(() => add(queue, "a")).toThrow(expect.objectContaining({ code: "request/conflict" }));
    add(queue, "b");
    expect(() => add(queue, "c")).toThrow(expect.objectContaining({ code: "queue/full" }));
    queue.take();
    add(queue, "c");
    expect(queue.count("queued")).toBe(2);
  });

  it("gives nothing while it is paused", () => {
    const queue = openQueue();
    add(queue, "a");
    queue.setPaused(true);
    expect(queue.take()).toBeUndefined();
    queue.setPaused(false);
    expect(queue.take()?.id).toBe("a");
  });

  it("ends a job once, and hears only its current attempt", () => {
    const queue = openQueue();
    add(queue, "a");
    expect(queue.take()?.attempt).toBe(1);
    expect(queue.record("a", 1, [skippedEvent(1)])).toBe(true);
    expect(queue.requeue("a", 1, "died", crash)).toBe("queued");
    expect(queue.take()).toMatchObject({ attempt: 2, lastEvent: 1 });
    expect(queue.record("a", 1, [skippedEvent(2)])).toBe(false);
    expect(queue.finish("a", 1, { status: "succeeded" })).toBe(false);
    expect(queue.finish("a", 2, { status: "succeeded" })).toBe(true);
    expect(queue.finish("a", 2, { status: "failed" })).toBe(false);
    expect(queue.get("a")).toMatchObject({ status: "succeeded", attempts: 2, fraction: 1 });
  });

  it("fails a job that dies too often; being stopped does not count", () => {
    const queue = openQueue();
    add(queue, "a");
    const fates = (["stopped", "died", "stopped", "died", "died"] as const).map((reason) => {
      const taken = queue.take();
      return queue.requeue("a", taken?.attempt ?? 0, reason, crash);
    });
    expect(fates).toEqual(["queued", "queued", "queued", "queued", "failed"]);
    expect(queue.get("a")?.error).toEqual(crash.toJSON());
    expect(queue.retry("a")).toMatchObject({ status: "queued", position: 0 });
    expect(queue.get("a")?.error).toBeUndefined();
  });

  it("puts back what ran when the server died, in its place", () => {
    const queue = openQueue();
    for (const id of ["a", "b", "c"]) add(queue, id);
    queue.take();
    queue.take();
    queue.cancel("b");
    expect(queue.recover()).toEqual(["a", "b"]);
    expect(queue.waiting()).toEqual(["a", "c"]);
    expect(queue.get("b")).toMatchObject({ status: "cancelled", error: { code: "run/cancelled" } });
  });

  it("cancels a waiting job at once and marks a running one", () => {
    const queue = openQueue();
    add(queue, "a");
    add(queue, "b");
    queue.take();
    expect(queue.cancel("a")).toBe("cancelling");
    expect(queue.cancel("b")).toBe("cancelled");
    expect(() => queue.cancel("b")).toThrow(expect.objectContaining({ code: "request/conflict" }));
    expect(queue.requeue("a", 1, "died", crash)).toBe("cancelled");
  });

  it("numbers events over all attempts and gives those after any of them", () => {
    const queue = openQueue();
    add(queue, "a");
    queue.take();
    queue.record("a", 1, [skippedEvent(1), skippedEvent(2)]);
    queue.record("a", 1, [skippedEvent(3)]);
    const numbers = (after: number, limit?: number) =>
      queue.events("a", after, limit).map(({ sequence }) => sequence);
    expect(numbers(0)).toEqual([1, 2, 3]);
    expect(numbers(1)).toEqual([2, 3]);
    expect(numbers(0, 2)).toEqual([1, 2]);
    expect(numbers(3)).toEqual([]);
    expect(() => queue.record("a", 1, [skippedEvent(5)])).toThrow(RangeError);
    expect(queue.get("a")?.lastEvent).toBe(3);
  });

  it("lists the newest first, by status and page by page", () => {
    const queue = openQueue();
    for (const id of ["a", "b", "c", "d"]) add(queue, id);
    queue.take();
    const ids = (filter: Parameters<JobQueue["list"]>[0]) =>
      queue.list(filter).map((job) => job.id);
    expect(ids({ limit: 2 })).toEqual(["d", "c"]);
    expect(ids({ limit: 2, before: "c" })).toEqual(["b", "a"]);
    expect(ids({ limit: 9, statuses: ["running", "failed"] })).toEqual(["a"]);
    expect(ids({ limit: 9, before: "gone" })).toEqual([]);
  });

  it("names the oldest that have ended, and forgets neither what waits nor what runs", () => {
    const queue = openQueue();
    for (const id of ["a", "b", "c", "d"]) add(queue, id);
    for (const id of ["a", "b"]) queue.finish(id, queue.take()?.attempt ?? 0, { status: "failed" });
    queue.take();
    expect(queue.beyond(1)).toEqual(["a"]);
    queue.remove("a");
    expect(() => queue.remove("c")).toThrow(expect.objectContaining({ code: "request/conflict" }));
    queue.remove("d");
    expect(queue.list({ limit: 9 }).map((job) => job.id)).toEqual(["c", "b"]);
  });

  it("keeps every job in one state whatever is done to it", () => {
    const step = fc.constantFrom("take", "finish", "die", "cancel", "retry", "recover", "add");
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = openQueue({ queueLimit: 1000, maxAttempts: 2 });
        const running = new Map<string, number>();
        const endings = new Map<string, number>();
        let added = 0;
        const doStep: Record<string, () => void> = {
          add: () => void add(queue, `job-${++added}`),
          take: () => {
            const taken = queue.take();
            if (taken !== undefined) running.set(taken.id, taken.attempt);
          },
          finish: () => {
            for (const [id, attempt] of running) {
              const ended = queue.finish(id, attempt, { status: "succeeded" });
              if (ended) endings.set(id, (endings.get(id) ?? 0) + 1);
            }
          },
          die: () => {
            for (const [id, attempt] of running) queue.requeue(id, attempt, "died", crash);
          },
          cancel: () => {
            for (const id of queue.waiting().slice(0, 1)) queue.cancel(id);
          },
          retry: () => {
            for (const job of queue.list({ limit: 9, statuses: ["failed"] })) queue.retry(job.id);
          },
          recover: () => void queue.recover(),
        };
        for (const name of steps) doStep[name]?.();
        const all = queue.list({ limit: 1000 });
        expect(all).toHaveLength(added);
        expect([...endings.values()].every((count) => count === 1)).toBe(true);
        const waiting = all.filter((job) => job.status === "queued").map((job) => job.id);
        expect(new Set(queue.waiting())).toEqual(new Set(waiting));
      }),
      { numRuns: 40 },
    );
  });
});

it("belongs to one process, is sound, and refuses what a newer version made", () => {
  const { folder, path } = places.file();
  const database = QueueDatabase.open(path);
  opened.push({ database, folder });
  expect(database.problems()).toEqual([]);
  expect(() => QueueDatabase.open(path)).toThrow("Another server uses this data folder.");
  database.run("PRAGMA user_version = 999");
  database.close();
  expect(() => QueueDatabase.open(path)).toThrow("newer Diopter");
});
