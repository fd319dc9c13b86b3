import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MemoryCache } from "../cache/index.js";
import type { WorkflowNode } from "../document/index.js";
import type { RunEvent } from "../events/index.js";
import { createRegistry } from "../nodes/index.js";
import { documentOf, optionsFor, sumNode } from "./example-run.test-support.js";
import type { RunOptions } from "./run-options.js";
import { runWorkflow } from "./run-workflow.js";

/** For each node its value and the earlier nodes that it adds: any acyclic graph. */
type Graph = readonly { readonly value: number; readonly terms: readonly number[] }[];

const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 24 }).chain((size) =>
  fc.tuple(
    ...Array.from({ length: size }, (_, place) =>
      fc.record({
        value: fc.integer({ min: 0, max: 1000 }).map((value) => value * 100 + place),
        terms:
          place === 0
            ? fc.constant<number[]>([])
            : fc.uniqueArray(fc.integer({ min: 0, max: place - 1 }), { maxLength: 4 }),
      }),
    ),
  ),
);

function nodesOf(graph: Graph, name = (place: number) => `n${place}`) {
  const nodes: Record<string, Partial<WorkflowNode>> = {};
  for (const [place, { value, terms }] of graph.entries()) {
    const wires = terms.map((term) => [name(term), "sum"] as const);
    nodes[name(place)] = { params: { value }, inputs: { terms: wires } };
  }
  return nodes;
}

const namesOf = (graph: Graph) => graph.map((_, place) => `n${place}`);

function run(graph: Graph, rest: Partial<RunOptions> = {}, calls: string[] = []) {
  return runWorkflow(
    optionsFor(documentOf(nodesOf(graph)), {
      registry: createRegistry([sumNode(calls)]),
      values: namesOf(graph),
      ...rest,
    }),
  );
}

/** What the graph means, computed without the engine. */
function expectedSums(graph: Graph): readonly number[] {
  const sums: number[] = [];
  for (const { value, terms } of graph) {
    sums.push(terms.reduce((sum, term) => sum + (sums[term] ?? Number.NaN), value));
  }
  return sums;
}

function descendantsOf(graph: Graph, start: number): ReadonlySet<number> {
  const found = new Set([start]);
  for (const [place, { terms }] of graph.entries()) {
    if (terms.some((term) => found.has(term))) found.add(place);
  }
  return found;
}

function expectOrder(graph: Graph, events: readonly RunEvent[]): void {
  const finished = new Map<string, number>();
  for (const [place, event] of events.entries()) {
    expect(event.sequence).toBe(place + 1);
    if (event.type === "node-finished") finished.set(event.node, place);
    if (event.type !== "node-started") continue;
    const terms = graph[Number(event.node.slice(1))]?.terms ?? [];
    for (const term of terms) expect(finished.get(`n${term}`)).toBeLessThan(place);
  }
}

const cacheOf = () => new MemoryCache({ maxBytes: 1 << 24 });

describe("for every acyclic graph", () => {
  test("every node runs after its inputs, and results do not depend on concurrency", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 8 }), async (graph, concurrency) => {
        const events: RunEvent[] = [];
        const report = await run(graph, { concurrency, onEvent: (event) => events.push(event) });
        expect(namesOf(graph).map((name) => report.values[name]?.[0]?.outputs.sum)).toEqual(
          expectedSums(graph),
        );
        expectOrder(graph, events);
      }),
      { numRuns: 60 },
    );
  });

  test("a second run runs nothing", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const cache = cacheOf();
        const calls: string[] = [];
        await run(graph, { cache });
        const report = await run(graph, { cache }, calls);
        expect(calls).toEqual([]);
        expect(report.summary.cached).toBe(graph.length);
      }),
      { numRuns: 40 },
    );
  });

  test("changing one parameter runs exactly that node and what follows from it", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.nat(), async (graph, choice) => {
        const changed = choice % graph.length;
        const cache = cacheOf();
        const calls: string[] = [];
        await run(graph, { cache });
        const other = graph.map((node, place) =>
          place === changed ? { ...node, value: node.value + 1_000_000 } : node,
        );
        await run(other, { cache }, calls);
        const expected = [...descendantsOf(graph, changed)].map((place) => `n${place}`);
        expect(calls.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 40 },
    );
  });

  test("neither ids nor the order of nodes nor positions change a key", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const cache = cacheOf();
        const calls: string[] = [];
        await run(graph, { cache });
        const nodes = nodesOf(graph, (place) => `renamed ${place * 7}`);
        const reversed = Object.fromEntries(Object.entries(nodes).reverse());
        const document = {
          ...documentOf(reversed),
          name: "Another name",
          view: { positions: { "renamed 0": [1, 2] } },
        };
        const registry = createRegistry([sumNode(calls)]);
        await runWorkflow(optionsFor(document, { registry, cache }));
        expect(calls).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test("a run that is cancelled anywhere leaves a cache from which the next one goes on", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.nat({ max: 60 }), async (graph, stopAt) => {
        const [cache, controller] = [cacheOf(), new AbortController()];
        const first = await run(graph, {
          cache,
          signal: controller.signal,
          onEvent: ({ sequence }) => {
            if (sequence === stopAt) controller.abort();
          },
        });
        const calls: string[] = [];
        const report = await run(graph, { cache }, calls);
        expect(report.status).toBe("succeeded");
        expect(calls).toHaveLength(graph.length - first.summary.executed);
        expect(namesOf(graph).map((name) => report.values[name]?.[0]?.outputs.sum)).toEqual(
          expectedSums(graph),
        );
      }),
      { numRuns: 60 },
    );
  });
});
