import { expect, it } from "vitest";
import { MemoryCache } from "../cache/index.js";
import type { RunEvent } from "../events/index.js";
import { createRegistry, defineNode, numberPort, type Preview } from "../nodes/index.js";
import { float32Tensor } from "../values/index.js";
import { documentOf, optionsFor } from "./example-run.test-support.js";
import { PreviewMemory } from "./preview-memory.js";
import type { NodePreview } from "./run-options.js";
import { runWorkflow } from "./run-workflow.js";

/** A heat map of `size` pixels: four bytes each. */
const heatMap = (size: number, value = 0): Preview => ({
  kind: "heat-map",
  values: float32Tensor([1, 1, 1, size], new Float32Array(size).fill(value)),
});
const curve = (points: readonly number[]): Preview => ({
  kind: "curves",
  x: "step",
  y: "timestep",
  series: [{ name: "uniform", points }],
});

it("keeps the last preview of every kind", () => {
  const memory = new PreviewMemory({ maxBytes: 1000 });
  const [first, second, drawn] = [heatMap(4, 0), heatMap(4, 1), curve([1, 2])];
  for (const preview of [first, drawn, second]) memory.keep("a", preview);
  expect(new Set(memory.of("a"))).toEqual(new Set([drawn, second]));
  expect(memory.of("b")).toEqual([]);
});

it("lets go what has not been asked for longest, and what is too large by itself", () => {
  const memory = new PreviewMemory({ maxBytes: 100 });
  memory.keep("a", heatMap(10));
  memory.keep("b", heatMap(10));
  memory.of("a");
  memory.keep("c", heatMap(10));
  expect(["a", "b", "c"].map((key) => memory.of(key).length)).toEqual([1, 0, 1]);
  memory.keep("a", heatMap(26));
  expect(["a", "c"].map((key) => memory.of(key).length)).toEqual([0, 1]);
  memory.clear();
  expect(memory.of("c")).toEqual([]);
  memory.keep("d", heatMap(25));
  expect(memory.of("d")).toHaveLength(1);
});

it("shows again, after a run, what a node showed whose result is known", async () => {
  const shows = defineNode({
    type: "test/shows",
    version: 1,
    title: "Shows",
    help: "Shows a curve.",
    inputs: {},
    params: {},
    outputs: { value: numberPort() },
    run: async (_inputs, _params, context) => {
      context.preview(curve([1]));
      context.preview(curve([1, 2]));
      return { value: 1 };
    },
  });
  const shared = {
    registry: createRegistry([shows]),
    cache: new MemoryCache({ maxBytes: 1000 }),
    previews: new PreviewMemory({ maxBytes: 1000 }),
  };
  const run = async () => {
    const shown: NodePreview[] = [];
    const events: RunEvent["type"][] = [];
    const document = documentOf({ plot: { type: "test/shows" } });
    const onPreview = (preview: NodePreview) => shown.push(preview);
    const onEvent = ({ type }: RunEvent) => events.push(type);
    await runWorkflow(optionsFor(document, { ...shared, onPreview, onEvent }));
    return { shown, events };
  };
  const first = await run();
  expect(first.shown).toHaveLength(2);
  const second = await run();
  expect(second.events).not.toContain("node-started");
  expect(second.events.indexOf("preview-ready")).toBeGreaterThan(
    second.events.indexOf("node-cached"),
  );
  expect(second.shown).toEqual([{ node: "plot", preview: curve([1, 2]) }]);
});
