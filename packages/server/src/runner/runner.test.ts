import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.js";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    settings: { hangSeconds: 2, cancelSeconds: 1, maxAttempts: 3 },
  });
});
afterAll(() => server.close());

const add = (value: number, from?: string) => ({
  type: "test-nodes:number/add",
  version: 1,
  params: { value },
  ...(from === undefined ? {} : { inputs: { terms: [from, "sum"] } }),
});
const write = (path: string, from: string) => ({
  type: "test-nodes:file/write",
  version: 1,
  params: { path },
  inputs: { terms: [from, "sum"] },
});
const kill = (signal: string, unless = "") => ({
  type: "test-nodes:death/kill",
  version: 1,
  params: { signal, unless },
});

describe("a job", () => {
  it("gives files that stay, under their hash", async () => {
    const job = await server.submit({ a: add(20), b: add(22, "a"), out: write("sums/a.txt", "b") });
    const ended = await server.until(job.id);
    expect(ended).toMatchObject({ status: "succeeded", attempts: 1, fraction: 1 });
    const [result] = ended.results;
    expect(result).toMatchObject({ node: "out", name: "sums/a.txt", type: "text/plain", bytes: 2 });
    const bytes = await fetch(`${server.origin}${result?.url}`);
    expect(await bytes.text()).toBe("42");
    expect(bytes.headers.get("cache-control")).toContain("immutable");
    expect(ended.nodes?.b).toMatchObject({ status: "executed" });
  });

  it("gives the numbers of nodes that save nothing", async () => {
    const job = await server.submit({ a: add(1), b: add(2, "a") });
    expect((await server.until(job.id)).readings).toEqual({ "b.sum": 3 });
  });

  it("runs what its targets need, with settings applied", async () => {
    const job = await server.submit(
      { a: add(1), b: add(2, "a"), c: add(3, "b") },
      { targets: ["b"], settings: { "a.value": 40 } },
    );
    const { readings, nodes = {}, targets } = await server.until(job.id);
    expect(readings).toEqual({ "b.sum": 42 });
    expect(Object.keys(nodes)).toEqual(["a", "b"]);
    expect(targets).toEqual(["b"]);
  });

  it("fails with the node and no local path", async () => {
    const fail = {
      type: "test-nodes:death/throw",
      version: 1,
      params: { message: "No LIBRARY here" },
    };
    const job = await server.submit({ bad: fail });
    const { error, status } = await server.until(job.id);
    expect({ error, status }).toMatchObject({ status: "failed", error: { node: "bad" } });
    expect(JSON.stringify(error)).not.toContain(server.folder);
  });
});

describe("a runner that dies", () => {
  it("is started again, and the job with it", async () => {
    const marker = join(server.folder, "died-once");
    const job = await server.submit({ a: kill("SIGKILL", marker), out: write("a.txt", "a") });
    const ended = await server.until(job.id);
    expect(ended).toMatchObject({ status: "succeeded", attempts: 2 });
    const events = server.running.services.jobs.events(job.id, 0);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(({ type }) => type === "run-started")).toHaveLength(2);
    expect(events.find((event) => event.type === "node-failed")).toMatchObject({
      node: "a",
      error: { code: "runner/crashed", node: "a" },
    });
  });

  it("too often fails its job at the node, and the next job runs", async () => {
    const deadly = await server.submit({ a: kill("SIGKILL") });
    const next = await server.submit({ b: add(5) });
    const ended = await server.until(deadly.id);
    expect(ended).toMatchObject({
      status: "failed",
      attempts: 3,
      error: { code: "runner/crashed", node: "a" },
    });
    expect(await server.until(next.id)).toMatchObject({ status: "succeeded", attempts: 1 });
  });

  it("for want of memory is told so", async () => {
    const job = await server.submit({ a: kill("memory") });
    const { error } = await server.until(job.id);
    expect(error).toMatchObject({ code: "device/out-of-memory", node: "a" });
  });

  it("is ended where it hangs, once", async () => {
    const job = await server.submit({ a: kill("deaf") });
    const ended = await server.until(job.id);
    expect(ended).toMatchObject({
      status: "failed",
      attempts: 1,
      error: { code: "runner/hung", node: "a" },
    });
  });
});

describe("cancelling", () => {
  const steps = {
    type: "test-nodes:time/steps",
    version: 1,
    params: { steps: 500, milliseconds: 20 },
  };

  it("stops a running job within a step and keeps its runner", async () => {
    const before = server.running.services.dispatcher.devices[0]?.restarts;
    const job = await server.submit({ a: steps });
    await server.until(job.id, ["running"]);
    const answer = await server.call("POST", `/jobs/${job.id}/cancel`);
    expect(answer.status).toBe(200);
    const ended = await server.until(job.id);
    expect(ended).toMatchObject({ status: "cancelled", error: { code: "run/cancelled" } });
    expect(server.running.services.dispatcher.devices[0]?.restarts).toBe(before);
  });

  it("ends a runner that does not hear", async () => {
    const job = await server.submit({
      a: { type: "test-nodes:time/block", version: 1, params: { milliseconds: 60_000 } },
    });
    const { jobs, dispatcher } = server.running.services;
    const before = dispatcher.devices[0]?.restarts ?? 0;
    await new Promise<void>((resolve) => {
      const unsubscribe = jobs.subscribe((news) => {
        if (news.type !== "events" || news.events.every(({ type }) => type !== "node-started"))
          return;
        unsubscribe();
        resolve();
      });
    });
    await server.call("POST", `/jobs/${job.id}/cancel`);
    expect(await server.until(job.id)).toMatchObject({ status: "cancelled" });
    expect(dispatcher.devices[0]?.restarts).toBe(before + 1);
  });
});

it("gives memory back: an idle runner leaves, and the next job finds another", async () => {
  const job = await server.submit({ a: add(1) });
  await server.until(job.id);
  const freed: unknown = await (await server.call("POST", "/memory/free")).json();
  expect(freed).toMatchObject({ before: expect.any(Number), after: 0 });
  expect(server.running.services.dispatcher.devices[0]?.state).toBe("stopped");
  const next = await server.submit({ a: add(2) });
  expect(await server.until(next.id)).toMatchObject({ status: "succeeded" });
});
