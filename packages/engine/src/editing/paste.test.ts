import { expect, test } from "vitest";
import { after, example, refusalOf, registry, wiresIn } from "./commands.test-support.js";
import {
  applyCommand,
  clippingText,
  copyNodes,
  fillDocument,
  freeId,
  pasteNodes,
  readClipping,
  serializeWorkflow,
} from "./index.js";

const copied = copyNodes(example, ["a", "soft", "both", "gone"]);

test("pasted nodes have fresh ids, their inner wires, and places beside the old ones", () => {
  const { command, ids } = pasteNodes(example, copied);
  const document = applyCommand(after(), command, registry).document;
  expect(ids).toEqual({ a: "a-2", soft: "soft-2", both: "both-2" });
  expect(wiresIn(document)).toContain("a-2.image > soft-2.image");
  expect(document.nodes["both-2"]?.inputs).toEqual({ images: ["soft-2", "image"] });
  expect(document.nodes["both-2"]?.params).toEqual({ over: "a-2" });
  expect(document.view.positions["soft-2"]).toEqual([240, 40]);
});

test("a duplicate keeps the wires that come from outside", () => {
  const { command } = pasteNodes(example, copyNodes(example, ["both"]), {
    keepOuterWires: registry,
  });
  const document = applyCommand(after(), command, registry).document;
  expect(document.nodes["both-2"]?.inputs).toEqual(example.nodes.both?.inputs);
});

test("wires from outside are left where another node has the name of their source", () => {
  const other = fillDocument({
    diopter: 1,
    name: "",
    nodes: { a: { type: "workflow/input", version: 1, params: { socket: "TEXT" } } },
  });
  const options = { keepOuterWires: registry };
  const { command } = pasteNodes(other, copyNodes(example, ["soft"]), options);
  expect(applyCommand(other, command, registry).document.nodes.soft?.inputs).toEqual({});
});

test("nodes keep their widths, are closed as they were, and their wires run through their points", () => {
  const wide = after(
    { kind: "set-sizes", sizes: { soft: [400, 90] } },
    { kind: "set-collapsed", ids: ["both"], collapsed: true },
  );
  const clipping = readClipping(clippingText(copyNodes(wide, ["a", "b", "soft", "both"])));
  const { command } = pasteNodes(wide, clipping, { offset: [10, 20] });
  const { view } = applyCommand(wide, command, registry).document;
  expect(view.sizes).toEqual({ soft: [400, 90], "soft-2": [400, 90] });
  expect(view.collapsed).toEqual({ both: true, "both-2": true });
  expect(view.reroutes).toMatchObject({
    "soft-2.image": [[110, 70]],
    "both-2.images.b-2.image": [[11, 22]],
  });
  // Of a wire that comes from outside nothing is known any more.
  expect(copyNodes(wide, ["soft"]).reroutes).toEqual({});
});

test("nodes travel as text to another document, to the place that is wanted", () => {
  const empty = fillDocument({ diopter: 1, name: "", nodes: {} });
  const { command } = pasteNodes(empty, readClipping(clippingText(copied)), { at: [1000, 10] });
  const document = applyCommand(empty, command, registry).document;
  expect(document.view.positions).toEqual({ a: [1000, 10], soft: [1200, 10] });
  expect(wiresIn(document)).toEqual(["a.image > soft.image", "soft.image > both.images"]);
});

test("a whole workflow's text can be pasted, other text is refused", () => {
  const { nodes, positions } = readClipping(serializeWorkflow(example));
  expect(Object.keys(nodes)).toEqual(Object.keys(example.nodes));
  expect(positions).toEqual({ a: [0, 0], soft: [200, 0] });
  expect(refusalOf(() => readClipping("hello"))).toBe("document/invalid");
  expect(refusalOf(() => readClipping("{}"))).toBe("document/invalid");
});

test("a free id counts on from a number at the end", () => {
  const taken = new Set(["x", "x-2", "x-3", "constructor"]);
  const free = (id: string) => freeId((wanted) => taken.has(wanted), id);
  expect([free("y"), free("x"), free("x-2"), free("constructor")]).toEqual([
    "y",
    "x-4",
    "x-4",
    "constructor-2",
  ]);
});
