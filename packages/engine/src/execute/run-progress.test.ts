import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RunEvent } from "../events/index.js";
import { createRegistry, defineNode, integer, numberPort } from "../nodes/index.js";
import { documentOf, optionsFor } from "./example-run.test-support.js";
import type { RunOptions } from "./run-options.js";
import { runWorkflow } from "./run-workflow.js";

/** Takes `steps` steps of some milliseconds each, and tells each. */
const work = defineNode({
  type: "test/work",
  version: 1,
  title: "Work",
  help: "Takes its time.",
  inputs: { after: numberPort({ optional: true }) },
  params: { steps: integer({ default: 10 }), pause: integer({ default: 10 }) },
  outputs: { done: numberPort() },
  run: async (_inputs, { steps, pause }, { progress }) => {
    for (let step = 1; step <= steps; step += 1) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      progress(step, steps, "step");
    }
    return { done: steps };
  },
});

// The steps take exactly as long as they say, however busy the machine is.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "performance", "Date"] }));
afterEach(() => void vi.useRealTimers());

const document = documentOf({
  short: { type: "test/work", params: { steps: 1 } },
  long: { type: "test/work", params: { steps: 20 }, inputs: { after: ["short", "done"] } },
});

async function eventsOf(rest: Partial<RunOptions> = {}) {
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent) => events.push(event);
  const registry = createRegistry([work]);
  const running = runWorkflow(optionsFor(document, { registry, onEvent, ...rest }));
  const isOver = () => events.some(({ type }) => type === "run-finished");
  while (!isOver()) await vi.advanceTimersByTimeAsync(1);
  return { events, report: await running };
}

test("a node tells its units and the time that is left for it", async () => {
  const { events } = await eventsOf();
  const told = events.flatMap((event) => (event.type === "node-progressed" ? [event] : []));
  const long = told.filter(({ node }) => node === "long");
  expect(long.map(({ done }) => done)).toEqual(Array.from({ length: 20 }, (_, place) => place + 1));
  expect(long.at(-1)).toMatchObject({ total: 20, label: "step", remaining: 0 });
  expect(long[0]?.remaining).toBeGreaterThan(0);
});

test("a run tells its progress at most every 50 ms, never backwards, never beyond 1", async () => {
  const { events } = await eventsOf();
  const told = events.flatMap((event) => (event.type === "run-progressed" ? [event] : []));
  expect(told.length).toBeGreaterThan(2);
  for (const [place, { at, fraction }] of told.entries()) {
    const before = told[place - 1];
    expect(fraction).toBeLessThanOrEqual(1);
    if (before === undefined) continue;
    // Times are rounded to whole milliseconds.
    expect(at - before.at).toBeGreaterThanOrEqual(49);
    expect(fraction).toBeGreaterThanOrEqual(before.fraction);
  }
});

test("an earlier report tells which node is the long one", async () => {
  const { report } = await eventsOf();
  const fractionAfterShort = async (previous: RunOptions["previous"]) => {
    const { events } = await eventsOf({ previous });
    const first = events.find((event) => event.type === "run-progressed");
    return first?.type === "run-progressed" ? first.fraction : Number.NaN;
  };
  expect(await fractionAfterShort(undefined)).toBe(0.5);
  expect(await fractionAfterShort(report)).toBeLessThan(0.3);
});

test("a run has left at least what the node at work says of itself", async () => {
  const { events } = await eventsOf();
  // What a node tells of itself follows what the run makes of it.
  const pairs = events.flatMap((run, place) => {
    const node = events[place + 1];
    const isPair = run.type === "run-progressed" && node?.type === "node-progressed";
    return isPair ? [[run.remaining, node.remaining] as const] : [];
  });
  expect(pairs.length).toBeGreaterThan(1);
  for (const [run, node] of pairs) expect(run).toBeGreaterThanOrEqual(node ?? 0);
});
