import { describe, expect, test } from "vitest";
import { MemoryCache } from "../cache/index.js";
import type { RunEvent } from "../events/index.js";
import { boolean, createRegistry, defineNode, integer, numberPort, text } from "../nodes/index.js";
import { documentOf, optionsFor, sumNode } from "./example-run.test-support.js";
import { runWorkflow } from "./run-workflow.js";

const failing = defineNode({
  type: "test/failing",
  version: 1,
  title: "Failing",
  help: "Fails.",
  inputs: { value: numberPort({ optional: true }) },
  params: { at: integer({ default: -1 }) },
  outputs: { value: numberPort() },
  run: async ({ value = 0 }, { at }) => {
    if (at === -1 || value === at) throw new Error("Out of luck");
    return { value };
  },
});

const range = defineNode({
  type: "test/range",
  version: 1,
  title: "Range",
  help: "The numbers below a count, begun at a number.",
  inputs: { from: numberPort({ optional: true }) },
  params: { count: integer({ default: 3 }) },
  outputs: { value: numberPort({ list: true }) },
  run: async ({ from = 0 }, { count }) => ({
    value: Array.from({ length: count }, (_, place) => from + place),
  }),
});

const plus = defineNode({
  type: "test/plus",
  version: 1,
  title: "Plus",
  help: "a + 10 b",
  inputs: { a: numberPort(), b: numberPort({ optional: true }) },
  params: {},
  outputs: { sum: numberPort() },
  run: async ({ a, b = 0 }) => ({ sum: a + 10 * b }),
});

const list = defineNode({
  type: "test/list",
  version: 1,
  title: "List",
  help: "Writes down what it collects.",
  inputs: { values: numberPort({ list: true }) },
  params: { over: text({ default: "" }) },
  outputs: { sum: numberPort() },
  run: async ({ values }, _params, { note }) => {
    note(values.join(" "));
    return { sum: values.reduce((sum, value) => sum + value, 0) };
  },
});

const choose = defineNode({
  type: "test/choose",
  version: 1,
  title: "Choose",
  help: "One of two.",
  inputs: {
    first: numberPort({ lazy: true }),
    second: numberPort({ lazy: true }),
    late: numberPort({ optional: true }),
  },
  params: { second: boolean({ default: false }) },
  outputs: { value: numberPort() },
  needs: ({ second }, { late }) => [second || late === 1 ? "second" : "first"],
  run: async ({ first, second }) => ({ value: first ?? second ?? Number.NaN }),
});

function registryWith(calls: string[] = []) {
  return createRegistry([sumNode(calls), failing, range, plus, list, choose]);
}

const run = (
  nodes: Parameters<typeof documentOf>[0],
  rest: Parameters<typeof optionsFor>[1] = {},
) => runWorkflow(optionsFor(documentOf(nodes), { registry: registryWith(), ...rest }));

describe("failures", () => {
  test("fail what depends on them, with the reason, and nothing else", async () => {
    const report = await run({
      bad: { type: "test/failing" },
      after: { inputs: { terms: ["bad", "value"] } },
      later: { inputs: { terms: ["after", "sum"] } },
      good: { params: { value: 2 } },
      fine: { inputs: { terms: ["good", "sum"] } },
    });
    expect(report.status).toBe("failed");
    expect(report.summary).toMatchObject({ executed: 2, failed: 1, skipped: 2 });
    expect(report.error).toMatchObject({
      code: "node/failed",
      node: "bad",
      message: "Out of luck.",
    });
    expect(report.nodes.later).toMatchObject({
      status: "skipped",
      because: 'It needs "bad", which failed.',
    });
    expect(report.nodes.fine?.status).toBe("executed");
  });

  test("of one item leave the other items alone", async () => {
    const report = await run(
      {
        items: { type: "test/range", params: { count: 4 } },
        check: { type: "test/failing", params: { at: 2 }, inputs: { value: ["items", "value"] } },
        after: { inputs: { terms: ["check", "value"] } },
      },
      { registry: createRegistry([sumNode(), failing, range]) },
    );
    expect(report.nodes.check?.items).toMatchObject({ executed: 3, failed: 1 });
    expect(report.nodes.check?.error?.item).toEqual([2]);
  });

  test("of a list leave out everything that runs over it", async () => {
    const report = await run({
      bad: { type: "test/failing" },
      items: { type: "test/range", inputs: { from: ["bad", "value"] } },
      each: { type: "test/plus", inputs: { a: ["items", "value"] } },
      all: { type: "test/list", inputs: { values: ["each", "sum"] } },
    });
    expect(report.summary).toMatchObject({ failed: 1, skipped: 3, executed: 0 });
    expect(report.nodes.all?.because).toBe('It needs "bad", which failed.');
  });
});

describe("iteration", () => {
  test("runs over the product of the axes and collects them all, in order", async () => {
    const report = await run({
      a: { type: "test/range", params: { count: 2 } },
      b: { type: "test/range", params: { count: 3 } },
      pair: { type: "test/plus", inputs: { a: ["a", "value"], b: ["b", "value"] } },
      all: { type: "test/list", inputs: { values: ["pair", "sum"] } },
    });
    expect(report.nodes.pair?.items).toMatchObject({ executed: 6 });
    expect(report.nodes.all?.notes).toEqual(["0 10 20 1 11 21"]);
  });

  test("zips what varies along the same axis", async () => {
    const report = await run({
      a: { type: "test/range" },
      twice: { type: "test/plus", inputs: { a: ["a", "value"], b: ["a", "value"] } },
      all: { type: "test/list", inputs: { values: ["twice", "sum"] } },
    });
    expect(report.nodes.all?.notes).toEqual(["0 11 22"]);
  });

  test("collects only the axis that is named", async () => {
    const report = await run(
      {
        a: { type: "test/range", params: { count: 2 } },
        b: { type: "test/range", params: { count: 3 } },
        pair: { type: "test/plus", inputs: { a: ["a", "value"], b: ["b", "value"] } },
        some: { type: "test/list", params: { over: "a" }, inputs: { values: ["pair", "sum"] } },
      },
      { values: ["some"] },
    );
    expect(report.nodes.some?.notes.toSorted()).toEqual(["0 1", "10 11", "20 21"]);
    expect(report.values.some?.map(({ item, outputs }) => [item, outputs.sum])).toEqual([
      [[0], 1],
      [[1], 21],
      [[2], 41],
    ]);
  });

  test("begins anew for each item of an outer iteration, and nests", async () => {
    const nodes = {
      outer: { type: "test/range", params: { count: 3 } },
      inner: { type: "test/range", params: { count: 2 }, inputs: { from: ["outer", "value"] } },
      pair: { type: "test/plus", inputs: { a: ["inner", "value"], b: ["outer", "value"] } },
      rows: { type: "test/list", params: { over: "inner" }, inputs: { values: ["pair", "sum"] } },
      all: { type: "test/list", inputs: { values: ["rows", "sum"] } },
    } as const;
    const report = await run(nodes);
    expect(report.nodes.rows?.notes.toSorted()).toEqual(["0 1", "11 12", "22 23"]);
    expect(report.nodes.all?.notes).toEqual(["1 23 45"]);
  });

  test("over nothing gives an empty list", async () => {
    const report = await run({
      none: { type: "test/range", params: { count: 0 } },
      each: { type: "test/plus", inputs: { a: ["none", "value"] } },
      all: { type: "test/list", inputs: { values: ["each", "sum"] } },
    });
    expect(report.status).toBe("succeeded");
    expect(report.nodes.all).toMatchObject({ status: "executed", notes: [""] });
    expect(report.nodes.each).toMatchObject({
      status: "skipped",
      because: "There was nothing to run over.",
    });
  });
});

describe("lazy inputs", () => {
  const nodes = {
    one: { params: { value: 1 } },
    two: { params: { value: 2 } },
    late: { params: { value: 1 } },
  };

  test("that are not chosen do not run", async () => {
    const calls: string[] = [];
    const report = await run(
      {
        ...nodes,
        pick: { type: "test/choose", inputs: { first: ["one", "sum"], second: ["two", "sum"] } },
      },
      { registry: registryWith(calls), targets: ["pick"], values: ["pick"] },
    );
    expect(calls).toEqual(["one"]);
    expect(report.values.pick?.[0]?.outputs.value).toBe(1);
    expect(report.nodes.two).toMatchObject({
      status: "skipped",
      because: "Nothing that ran needed it.",
    });
  });

  test("may be chosen by the value of another input", async () => {
    const calls: string[] = [];
    const wires = { first: ["one", "sum"], second: ["two", "sum"], late: ["late", "sum"] } as const;
    await run(
      { ...nodes, pick: { type: "test/choose", inputs: wires } },
      { registry: registryWith(calls) },
    );
    expect(calls.toSorted()).toEqual(["late", "two"]);
  });

  test("that are chosen and not wired are named", async () => {
    const report = await run({
      ...nodes,
      pick: { type: "test/choose", params: { second: true }, inputs: { first: ["one", "sum"] } },
    });
    expect(report.error).toMatchObject({
      code: "document/missing-input",
      node: "pick",
      port: "second",
    });
  });
});

test("events are numbered without gaps and end with the summary", async () => {
  const events: RunEvent[] = [];
  const report = await run(
    { a: { type: "test/range" }, b: { type: "test/plus", inputs: { a: ["a", "value"] } } },
    { onEvent: (event) => events.push(event) },
  );
  expect(events.map((event) => event.sequence)).toEqual(events.map((_, place) => place + 1));
  expect(events[0]?.type).toBe("run-started");
  expect(events.at(-1)).toMatchObject({ type: "run-finished", summary: report.summary });
  expect(events.filter(({ type }) => type === "node-finished")).toHaveLength(4);
});

test("equal nodes run once", async () => {
  const calls: string[] = [];
  const report = await run(
    { a: { params: { value: 3 } }, b: { params: { value: 3 } } },
    { registry: registryWith(calls) },
  );
  expect(calls).toHaveLength(1);
  expect(report.summary).toMatchObject({ executed: 1, cached: 1 });
});

test("what only cached nodes need is not even looked up", async () => {
  const cache = new MemoryCache({ maxBytes: 1 << 20 });
  const nodes = {
    a: { params: { value: 3 } },
    b: { inputs: { terms: ["a", "sum"] } },
    c: { params: { value: 1 }, inputs: { terms: ["b", "sum"] } },
  } as const;
  await run(nodes, { cache });
  const before = cache.statistics();
  const report = await run(nodes, { cache });
  expect(report.summary).toMatchObject({ executed: 0, cached: 3 });
  const { hits, misses } = cache.statistics();
  expect([hits - before.hits, misses - before.misses]).toEqual([1, 0]);
});
