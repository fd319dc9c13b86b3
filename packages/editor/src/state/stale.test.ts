import { fillDocument, type NodeDescriptor, type WorkflowNode } from "@diopter/engine/editing";
import { expect, it } from "vitest";
import { staleNodes } from "./stale.js";

const resize: NodeDescriptor = {
  type: "image/resize",
  subject: "image",
  version: 1,
  title: "Resize",
  help: "",
  kind: "run",
  inputs: {},
  params: { scale: { kind: "number", default: 2 } },
  outputs: {},
  sideEffect: false,
  deterministic: true,
};
const registry = { "image/resize": resize };

const documentWith = (changed: Readonly<Record<string, WorkflowNode>>, view?: unknown) =>
  fillDocument({
    diopter: 1,
    name: "Chain",
    nodes: {
      load: { type: "image/load", version: 1, params: { path: "a.png" } },
      resize: { type: "image/resize", version: 1, inputs: { image: ["load", "image"] } },
      save: { type: "image/save", version: 1, inputs: { image: ["resize", "image"] } },
      other: { type: "image/load", version: 1 },
      ...changed,
    },
    view,
  });
const ran = documentWith({});
const resizeWith = (more: Partial<WorkflowNode>): WorkflowNode => ({
  type: "image/resize",
  version: 1,
  inputs: { image: ["load", "image"] },
  ...more,
});
const staleAfter = (changed: Readonly<Record<string, WorkflowNode>>, view?: unknown) =>
  [...staleNodes(documentWith(changed, view), ran, registry)].sort();

it("is stale what was changed, and all that it feeds", () => {
  const scaled = resizeWith({ params: { scale: 4 } });
  expect(staleAfter({ resize: scaled })).toEqual(["resize", "save"]);
  expect(staleAfter({ resize: resizeWith({ mode: "bypassed" }) })).toEqual(["resize", "save"]);
  const rewired = resizeWith({ inputs: { image: ["other", "image"] } });
  expect(staleAfter({ resize: rewired })).toEqual(["resize", "save"]);
});

it("passes over what changes no result: places, titles, and a default that is written out", () => {
  expect(staleAfter({}, { positions: { load: [9, 9] } })).toEqual([]);
  expect(staleAfter({ resize: resizeWith({ title: "Larger" }) })).toEqual([]);
  expect(staleAfter({ resize: resizeWith({ params: { scale: 2 } }) })).toEqual([]);
});

it("counts nodes that did not run", () => {
  expect(staleAfter({ added: { type: "image/load", version: 1 } })).toEqual(["added"]);
});
