import { expect, it } from "vitest";
import { NodeTimes } from "./node-times.js";

const report = (status: "executed" | "cached", milliseconds: number) => ({
  nodes: { sample: { type: "sampling/sample", status, milliseconds, notes: [] } },
});
const document = {
  diopter: 1 as const,
  name: "One",
  nodes: {
    sample: { type: "sampling/sample", version: 1 },
    other: { type: "sampling/sample", version: 1 },
  },
};

it("knows what a node of this id and type took when it was computed last", () => {
  const times = new NodeTimes();
  times.remember(report("executed", 70));
  times.remember(report("executed", 90));
  times.remember(report("cached", 0));
  expect(times.of(document)).toEqual({
    nodes: { sample: { status: "executed", milliseconds: 90 } },
  });
  const another = { ...document, nodes: { sample: { type: "image/load", version: 1 } } };
  expect(times.of(another)).toEqual({ nodes: {} });
});
