import { expect, test } from "vitest";
import { blurNode, documentOf, loadNode } from "./example-nodes.test-support.js";
import { serializeWorkflow } from "./serialize-workflow.js";

test("is readable, and one node is one line where it fits", () => {
  const document = documentOf(
    {
      photo: { ...loadNode, params: { path: "photo.jpg" } },
      "soft and rather long named": blurNode("photo", { amount: 0.25, window: 5, note: "soft" }),
    },
    { view: { positions: { photo: [0, 0] }, frames: [] }, interface: { image: "photo.path" } },
  );
  expect(serializeWorkflow(document)).toBe(`{
  "diopter": 1,
  "name": "Test",
  "nodes": {
    "photo": { "type": "image/load", "version": 1, "params": { "path": "photo.jpg" } },
    "soft and rather long named": {
      "type": "image/blur",
      "version": 3,
      "params": { "amount": 0.25, "window": 5, "note": "soft" },
      "inputs": { "image": ["photo", "image"] }
    }
  },
  "interface": {
    "image": "photo.path"
  },
  "view": {
    "positions": { "photo": [0, 0] },
    "frames": []
  }
}
`);
});

test("does not depend on the order in which fields were set", () => {
  const { name, nodes, diopter } = documentOf({ photo: loadNode });
  const node = { version: 1, params: {}, type: "image/load" };
  const same = {
    nodes: { photo: { type: node.type, params: node.params, version: 1 } },
    name,
    diopter,
  };
  const other = { diopter, name, nodes: { photo: node } };
  expect(serializeWorkflow(same)).toBe(serializeWorkflow(other));
  expect(nodes.photo).toEqual(loadNode);
});
