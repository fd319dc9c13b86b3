import { fillDocument } from "@diopter/engine/editing";
import { expect, it } from "vitest";
import { changedNodes, cheapTargets } from "./auto-run.js";

const document = fillDocument({
  diopter: 1,
  name: "Chain",
  nodes: {
    load: { type: "image/load", version: 1 },
    resize: { type: "image/resize", version: 1, inputs: { image: ["load", "image"] } },
    sample: { type: "sampling/sample", version: 1, inputs: { original: ["resize", "image"] } },
    save: { type: "image/save", version: 1, inputs: { image: ["sample", "image"] } },
    map: { type: "sampling/variance-map", version: 1, inputs: { image: ["resize", "image"] } },
  },
});

const durations = new Map([
  ["load", 5],
  ["resize", 20],
  ["map", 30],
  ["sample", 9000],
  ["save", 10],
]);

const fresh = { durations, isFresh: () => true };

it("runs to the ends of the cheap chains, and not past what is expensive", () => {
  expect(cheapTargets(document, new Set(["load"]), fresh)).toEqual(["map"]);
  expect(cheapTargets(document, new Set(["save"]), fresh)).toEqual(["save"]);
});

it("takes nothing for cheap whose time is not known", () => {
  expect(cheapTargets(document, new Set(["load"]), { ...fresh, durations: new Map() })).toEqual([]);
  expect(cheapTargets(document, new Set(["sample", "gone"]), fresh)).toEqual([]);
});

it("never begins what is expensive because something cheap needs it", () => {
  const sampled = (id: string) => id !== "sample";
  const changed = new Set(["save"]);
  expect(cheapTargets(document, changed, { durations, isFresh: sampled })).toEqual([]);
  // What is cheap is computed again on the way.
  const known = (id: string) => id === "sample";
  expect(cheapTargets(document, changed, { durations, isFresh: known })).toEqual(["save"]);
});

it("passes over edits that change no result", () => {
  const moved = { ...document, view: { ...document.view, positions: { load: [9, 9] as const } } };
  expect(changedNodes(document, moved)).toEqual([]);
  const { load, ...others } = document.nodes;
  if (load === undefined) expect.fail();
  const titled = { ...document, nodes: { ...others, load: { ...load, title: "Photo" } } };
  expect(changedNodes(document, titled)).toEqual([]);
  const muted = { ...document, nodes: { ...others, load: { ...load, mode: "muted" as const } } };
  expect(changedNodes(document, muted)).toEqual(["load"]);
});
