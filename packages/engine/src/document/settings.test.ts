import { expect, test } from "vitest";
import { blurNode, documentOf, loadNode, registry } from "./example-nodes.test-support.js";
import { applySetting, interfaceOptions } from "./settings.js";

const document = documentOf(
  { photo: loadNode, soft: blurNode("photo"), call: { type: "workflow/call", version: 1 } },
  { interface: { strength: "soft.amount", image: "photo.path", gone: "soft.missing", far: "x.y" } },
);

test.each([
  ["soft.amount", "0.75", 0.75],
  ["soft.amount", "1e-2", 0.01],
  ["soft.amount", 1, 1],
  ["soft.exact", "TRUE", true],
  ["soft.exact", "false", false],
  ["soft.window", "5", 5],
  ["soft.seed", "9007199254740991", Number.MAX_SAFE_INTEGER],
  ["soft.edge", "zero", "zero"],
  ["soft.note", "12", "12"],
  ["strength", "0.5", 0.5],
  ["image", "a b.jpg", "a b.jpg"],
  ["call.steps", "8", 8],
  ["call.name", "eight", "eight"],
])("%s = %j", (target, value, expected) => {
  const before = structuredClone(document);
  const set = applySetting(document, registry, target, value);
  const { strength = "", image = "" } = document.interface ?? {};
  const [node = "", param = ""] = ({ strength, image }[target] ?? target).split(".");
  expect(set.nodes[node]?.params?.[param]).toBe(expected);
  expect(document).toEqual(before);
});

test.each([
  ["soft.amount", "much", "document/invalid-parameter", "Give a number from 0 to 1."],
  ["soft.amount", "", "document/invalid-parameter", "Give a number from 0 to 1."],
  ["soft.amount", "0x1", "document/invalid-parameter", "Give a number from 0 to 1."],
  ["soft.amount", "2", "document/invalid-parameter", "Give a number from 0 to 1."],
  ["soft.window", "4", "document/invalid-parameter", "Give an odd whole number from 3 to 31."],
  ["soft.exact", "yes", "document/invalid-parameter", "Give true or false."],
  ["soft.amuont", "1", "document/unknown-parameter", 'Did you mean "amount"?'],
  [
    "soft.constructor",
    "1",
    "document/unknown-parameter",
    expect.stringContaining("It has: amount"),
  ],
  ["sotf.amount", "1", "document/unknown-node", 'Did you mean "soft"?'],
  ["strenght", "1", "usage/unknown-option", 'Did you mean "strength"?'],
  ["toString", "1", "usage/unknown-option", expect.stringContaining("one of: strength")],
  ["a.b.c", "1", "usage/unknown-option", expect.anything()],
  ["", "1", "usage/unknown-option", expect.anything()],
])("refuses %s = %j", (target, value, code, remedy) => {
  expect(() => applySetting(document, registry, target, value)).toThrow(
    expect.objectContaining({ code, remedy }),
  );
});

test("lists public parameters with their declaration and value", () => {
  const set = applySetting(document, registry, "image", "photo.jpg");
  expect(interfaceOptions(set, registry)).toMatchObject([
    { name: "strength", node: "soft", param: "amount", parameter: { max: 1 }, value: 0.5 },
    {
      name: "image",
      node: "photo",
      param: "path",
      parameter: { kind: "file" },
      value: "photo.jpg",
    },
  ]);
});
