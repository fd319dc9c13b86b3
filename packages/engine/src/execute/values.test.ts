import { setImmediate as immediate, setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { Leases, MemoryCache, type ValueCache } from "../cache/index.js";
import { createRegistry, defineNode, image, integer } from "../nodes/index.js";
import { float32Tensor } from "../values/index.js";
import { documentOf, noDevice, optionsFor } from "./example-run.test-support.js";
import type { RunGraphGroup } from "./group-types.js";
import { runWith } from "./run-with.js";
import { runWorkflow } from "./run-workflow.js";

/** Nodes that make pictures and count how many there are that nobody has disposed of. */
function pictureNodes() {
  const count = { now: 0, most: 0 };
  const picture = () => {
    count.now += 1;
    count.most = Math.max(count.most, count.now);
    const pixels = float32Tensor([1, 3, 1, 1], new Float32Array(3));
    const dispose = () => {
      count.now -= 1;
    };
    return { pixels: { ...pixels, dispose } };
  };
  const about = { version: 1, title: "Picture", help: "For tests." } as const;
  const definitions = [
    defineNode({
      ...about,
      type: "make",
      inputs: {},
      params: { count: integer({ default: 1 }) },
      outputs: { image: image({ list: true }) },
      run: async (_inputs, params) => ({ image: Array.from({ length: params.count }, picture) }),
    }),
    defineNode({
      ...about,
      type: "copy",
      inputs: { image: image() },
      params: { which: integer({ default: 0 }) },
      outputs: { image: image() },
      run: async (_inputs, _params, { signal }) => {
        await wait(2, undefined, { signal });
        return { image: picture() };
      },
    }),
    defineNode({
      ...about,
      type: "end",
      inputs: { image: image() },
      params: {},
      outputs: {},
      sideEffect: true,
      run: async () => ({}),
    }),
    defineNode({
      ...about,
      type: "double",
      inputs: { image: image() },
      params: { which: integer({ default: 0 }) },
      outputs: { image: image() },
      graph: (_graph, inputs) => ({ image: inputs.image }),
    }),
  ];
  return { count, registry: createRegistry(definitions) };
}

const chain = (items: number) =>
  documentOf({
    make: { type: "make", params: { count: items } },
    a: { type: "copy", params: { which: 1 }, inputs: { image: ["make", "image"] } },
    b: { type: "copy", params: { which: 2 }, inputs: { image: ["a", "image"] } },
    c: { type: "copy", params: { which: 3 }, inputs: { image: ["b", "image"] } },
    end: { type: "end", inputs: { image: ["c", "image"] } },
  });

test("values go once nobody needs them, and few items are under way at once", async () => {
  const { count, registry } = pictureNodes();
  const report = await runWorkflow(optionsFor(chain(20), { registry, concurrency: 2 }));
  expect(report.nodes.end?.items?.executed).toBe(20);
  expect(count.now).toBe(0);
  // The twenty of the list, and for each of two items under way what it reads and what it makes.
  expect(count.most).toBeLessThanOrEqual(20 + 4);
});

test("a cache keeps what it holds, under the same leases", async () => {
  const { count, registry } = pictureNodes();
  const leases = new Leases();
  const cache = new MemoryCache({ maxBytes: 1 << 20, leases });
  await runWorkflow(optionsFor(chain(3), { registry, cache, leases }));
  expect(count.now).toBe(12);
  cache.clear();
  expect(count.now).toBe(0);
});

test("a run waits for a cache that is slower than its nodes", async () => {
  const cache = new MemoryCache({ maxBytes: 1 << 20 });
  let [waiting, most, kept] = [0, 0, 0];
  const slow: ValueCache = {
    get: (key) => cache.get(key),
    set: async () => {
      kept += 1;
      waiting += 1;
      most = Math.max(most, waiting);
      await immediate();
      waiting -= 1;
    },
    delete: (key) => cache.delete(key),
    clear: () => cache.clear(),
    settled: () => cache.settled(),
    statistics: () => cache.statistics(),
  };
  const sums = Array.from({ length: 30 }, (_, value) => [`sum${value}`, { params: { value } }]);
  const document = documentOf(Object.fromEntries(sums));
  await runWorkflow(optionsFor(document, { cache: slow, concurrency: 2 }));
  expect(kept).toBe(30);
  expect(most).toBeLessThanOrEqual(2);
});

test("a cancelled run stops what is running, says what was not done and holds nothing", async () => {
  const { count, registry } = pictureNodes();
  const controller = new AbortController();
  const report = await runWorkflow(
    optionsFor(chain(5), {
      registry,
      concurrency: 1,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === "node-started" && event.node === "b") controller.abort();
      },
    }),
  );
  expect(report.status).toBe("cancelled");
  expect(report.error?.code).toBe("run/cancelled");
  expect(report.summary.failed).toBe(0);
  expect(report.nodes.a?.status).toBe("executed");
  expect(report.nodes.end).toMatchObject({ status: "skipped", because: "The run was cancelled." });
  expect(count.most).toBeGreaterThan(5);
  expect(count.now).toBe(0);
});

test("a run that is cancelled before it begins runs nothing", async () => {
  const { registry } = pictureNodes();
  const report = await runWorkflow(optionsFor(chain(1), { registry, signal: AbortSignal.abort() }));
  expect(report.summary).toMatchObject({ status: "cancelled", executed: 0, skipped: 5 });
});

test("of fused graph nodes a run holds only those that its reader asked for", async () => {
  const { count, registry } = pictureNodes();
  const document = documentOf({
    make: { type: "make" },
    a: { type: "double", params: { which: 1 }, inputs: { image: ["make", "image"] } },
    b: { type: "double", params: { which: 2 }, inputs: { image: ["a", "image"] } },
    c: { type: "copy", inputs: { image: ["a", "image"] } },
    end: { type: "end", inputs: { image: ["c", "image"] } },
  });
  const runGroup: RunGraphGroup = async (group) => {
    const pixels = () => float32Tensor([1, 3, 1, 1], new Float32Array(3));
    return Object.fromEntries(group.outputs.map(({ name }) => [name, { pixels: pixels() }]));
  };
  const leases = new Leases();
  const options = optionsFor(document, { registry, leases, values: ["b"] });
  const report = await runWith(options, runGroup);
  expect(report.nodes.a).toMatchObject({ status: "executed", fused: ["a", "b"] });
  expect(count.now).toBe(0);
  expect(leases.size).toBe(1);
  for (const { outputs } of report.values.b ?? []) leases.release(outputs);
  expect(leases.size).toBe(0);
});

test("fused graph nodes run as one, and are found again by the keys of what they expose", async () => {
  const { registry } = pictureNodes();
  const ran: string[] = [];
  const pixels = float32Tensor([1, 3, 1, 1], new Float32Array(3));
  const runGroup: RunGraphGroup = async (group, outside) => {
    ran.push(group.nodes.map((node) => node.id).join("+"));
    expect(Object.keys(outside)).toHaveLength(1);
    return Object.fromEntries(group.outputs.map(({ name }) => [name, { pixels }]));
  };
  const document = documentOf({
    make: { type: "make" },
    a: { type: "double", params: { which: 1 }, inputs: { image: ["make", "image"] } },
    b: { type: "double", params: { which: 2 }, inputs: { image: ["a", "image"] } },
    end: { type: "end", inputs: { image: ["b", "image"] } },
  });
  const cache = new MemoryCache({ maxBytes: 1 << 20 });
  const options = optionsFor(document, { registry, cache, device: noDevice });
  const first = await runWith(options, runGroup);
  expect(first.nodes.a).toMatchObject({ status: "executed", fused: ["a", "b"] });
  const second = await runWith(options, runGroup);
  expect(ran).toEqual(["a+b"]);
  expect(second.nodes.b).toMatchObject({ status: "cached", from: "memory" });
});
