import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServerMessage } from "../protocol/index.js";
import { startTestServer, type TestServer, type TestSocket } from "../testing/index.js";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const chain = (length: number) =>
  Object.fromEntries(
    Array.from({ length }, (_, place) => [
      `n${place}`,
      {
        type: "test-nodes:number/add",
        version: 1,
        params: { value: 1 },
        ...(place === 0 ? {} : { inputs: { terms: [`n${place - 1}`, "sum"] } }),
      },
    ]),
  );

async function hello(client = "tester"): Promise<TestSocket> {
  const socket = await server.socket();
  socket.send({ type: "hello", client });
  await socket.until(({ messages }) => messages.find(({ type }) => type === "welcome"));
  return socket;
}

const eventsOf = ({ messages }: TestSocket, job: string) =>
  messages.flatMap((message) =>
    message.type === "job-events" && message.job === job ? message.events : [],
  );
const finished = (job: string) => (socket: TestSocket) =>
  eventsOf(socket, job).find(({ type }) => type === "run-finished");
const numbers = (socket: TestSocket, job: string) =>
  eventsOf(socket, job).map(({ sequence }) => sequence);
const oneTo = (last: number, from = 1) =>
  Array.from({ length: last - from + 1 }, (_, index) => index + from);

describe("events of a job", () => {
  it("reach two sockets of one client, all of them, in order and once", async () => {
    const sockets = await Promise.all([hello(), hello()]);
    await server.call("POST", "/queue/pause");
    const { id } = await server.submit(chain(40));
    for (const socket of sockets) socket.send({ type: "watch-job", job: id, after: 0 });
    await server.call("POST", "/queue/resume");
    for (const socket of sockets) {
      await socket.until(finished(id));
      const { lastEvent } = await server.until(id);
      expect(numbers(socket, id)).toEqual(oneTo(lastEvent));
      socket.socket.close();
    }
  });

  it("are told from where a client left off", async () => {
    const { id } = await server.submit(chain(5));
    const { lastEvent } = await server.until(id);
    const socket = await hello();
    socket.send({ type: "watch-job", job: id, after: 7 });
    await socket.until(finished(id));
    expect(numbers(socket, id)).toEqual(oneTo(lastEvent, 8));
    const answer = await server.call("GET", `/jobs/${id}/events?after=${lastEvent - 2}`);
    expect(await answer.json()).toMatchObject({
      events: [{ sequence: lastEvent - 1 }, { sequence: lastEvent, type: "run-finished" }],
    });
    socket.socket.close();
  });

  it("tell of a new attempt, and count on", async () => {
    await server.call("POST", "/queue/pause");
    const unless = join(server.folder, "died-once");
    const params = { signal: "SIGKILL", unless };
    const { id } = await server.submit({
      a: { type: "test-nodes:death/kill", version: 1, params },
    });
    const socket = await hello();
    socket.send({ type: "watch-job", job: id, after: 0 });
    await server.call("POST", "/queue/resume");
    await socket.until(finished(id));
    const { lastEvent } = await server.until(id);
    expect(numbers(socket, id)).toEqual(oneTo(lastEvent));
    const starts = eventsOf(socket, id).filter(({ type }) => type === "run-started");
    const restart = socket.messages.find(({ type }) => type === "job-restarted");
    expect(restart).toEqual({
      type: "job-restarted",
      job: id,
      attempt: 2,
      after: (starts[1]?.sequence ?? 0) - 1,
    });
    socket.socket.close();
  });

  it("grow in proportion to the nodes", async () => {
    const sizes: number[] = [];
    for (const length of [50, 400]) {
      const socket = await hello();
      const before = socket.received();
      const { id } = await server.submit({ ...chain(length), other: chain(1).n0 });
      socket.send({ type: "watch-job", job: id, after: 0 });
      await socket.until(finished(id));
      sizes.push(socket.received() - before);
      socket.socket.close();
    }
    // Eight times the nodes: 8 in proportion, 64 where every event repeated what came before. How
    // often progress is told depends on the time that the run takes.
    const [small = 0, large = 0] = sizes;
    expect(large).toBeLessThan(16 * small);
  });

  it("end where a client asks for it, and for jobs that are not there", async () => {
    const socket = await hello();
    socket.send({ type: "watch-job", job: "nobody", after: 0 });
    const refusal = await socket.until(({ messages }) =>
      messages.find(({ type }) => type === "error"),
    );
    expect(refusal).toMatchObject({ error: { code: "request/not-found" } });
    await server.call("POST", "/queue/pause");
    const { id } = await server.submit(chain(2));
    socket.send({ type: "watch-job", job: id, after: 0 });
    socket.send({ type: "unwatch-job", job: id });
    socket.send({ type: "watch-queue" });
    await server.call("POST", "/queue/resume");
    await socket.until(({ messages }) =>
      messages.find(
        (message) => message.type === "job-changed" && message.job.status === "succeeded",
      ),
    );
    expect(eventsOf(socket, id)).toEqual([]);
    socket.socket.close();
  });
});

describe("the queue", () => {
  it("is told as it is, and then as it changes", async () => {
    await server.call("POST", "/queue/pause");
    const first = await server.submit(chain(1), { name: "first" });
    const second = await server.submit(chain(1), { name: "second", priority: 3 });
    const socket = await hello();
    socket.send({ type: "watch-queue" });
    const queue = await socket.until(({ messages }) =>
      messages.find((message) => message.type === "queue"),
    );
    expect(queue.paused).toBe(true);
    const waiting = queue.jobs.filter(({ status }) => status === "queued");
    expect(waiting.map(({ name, position }) => [name, position])).toEqual([
      ["second", 0],
      ["first", 1],
    ]);
    expect(queue.jobs.every(({ nodes }) => nodes === undefined)).toBe(true);
    await server.call("DELETE", `/jobs/${first.id}`);
    await server.call("POST", "/queue/resume");
    const changes = await socket.until(({ messages }) => {
      const ended = messages.some(
        (message) => message.type === "job-changed" && message.job.status === "succeeded",
      );
      return ended ? messages : undefined;
    });
    const told = (match: (message: ServerMessage) => boolean) => changes.some(match);
    expect(told((message) => message.type === "job-removed" && message.id === first.id)).toBe(true);
    expect(told((message) => message.type === "queue" && !message.paused)).toBe(true);
    await server.until(second.id);
    socket.socket.close();
  });
});

describe("previews", () => {
  it("arrive as pictures while somebody watches, and the newest for who comes later", async () => {
    const photo = {
      type: "image/load",
      version: 1,
      params: { path: "examples/cottage-64x64.png" },
    };
    const socket = await hello();
    await server.call("POST", "/queue/pause");
    const { id } = await server.submit({ photo });
    socket.send({ type: "watch-job", job: id, after: 0 });
    await server.call("POST", "/queue/resume");
    const [preview] = await socket.until(({ previews }) => (previews[0] ? previews : undefined));
    expect(preview).toMatchObject({ job: id, node: "photo", kind: "image", mime: "image/jpeg" });
    expect(preview).toMatchObject({ width: 64, height: 64 });
    const { results } = await server.until(id);
    expect(results).toMatchObject([
      { node: "photo", name: "photo.image.png", type: "image/png", width: 64, height: 64 },
    ]);
    const late = await hello();
    late.send({ type: "watch-job", job: id, after: 0 });
    await late.until(({ previews }) => previews[0]);
    for (const open of [socket, late]) open.socket.close();
  });
});

describe("a client", () => {
  it("is answered in words where it sends nonsense, and is heard again after that", async () => {
    const socket = await server.socket();
    for (const text of [
      "{",
      "[]",
      '{"type":"nothing"}',
      `${"[".repeat(9000)}`,
      '{"type":"watch-queue"}',
    ]) {
      socket.socket.send(text);
    }
    await socket.until(({ messages }) => (messages.length === 5 ? messages : undefined));
    expect(new Set(socket.messages.map(({ type }) => type))).toEqual(new Set(["error"]));
    socket.send({ type: "hello", client: "late" });
    await socket.until(({ messages }) => messages.find(({ type }) => type === "welcome"));
    socket.socket.close();
  });

  it("that sends bytes or far too much is cut off", async () => {
    const bytes = await hello();
    bytes.socket.send(Buffer.from("x"));
    expect(await bytes.closed).toBe(1008);
    const flood = await hello();
    for (let count = 0; count < 6000; count += 1) flood.send({ type: "unwatch-queue" });
    expect(await flood.closed).toBe(1008);
  });

  it("that does not read is cut off and costs the others nothing", async () => {
    const slow = await startTestServer({ settings: { socketBacklog: 64 * 1024 } });
    try {
      const deaf = await slow.socket();
      deaf.send({ type: "hello", client: "deaf" });
      await deaf.until(({ messages }) => messages.find(({ type }) => type === "welcome"));
      const { id } = await slow.submit(chain(2000));
      await slow.until(id);
      deaf.socket.pause();
      for (let count = 0; count < 60; count += 1)
        deaf.send({ type: "watch-job", job: id, after: 0 });
      const reader = await slow.socket();
      reader.send({ type: "hello", client: "reader" });
      reader.send({ type: "watch-job", job: id, after: 0 });
      await reader.until(finished(id));
      deaf.socket.resume();
      expect([1006, 1013]).toContain(await deaf.closed);
      reader.socket.close();
    } finally {
      await slow.close();
    }
  });
});
