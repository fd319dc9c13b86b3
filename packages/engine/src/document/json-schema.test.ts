import { expect, test } from "vitest";
import { z } from "zod";
import { blurNode, loadNode, registry } from "./example-nodes.test-support.js";
import { workflowJsonSchema } from "./json-schema.js";

/** Zod reads schemas of draft 7, but for `not`, which only says that a number is odd. */
const validator = z.fromJSONSchema(
  JSON.parse(JSON.stringify(workflowJsonSchema(registry)), (key, value) =>
    key === "not" ? undefined : value,
  ),
);

const documentWith = (node: unknown, rest: Readonly<Record<string, unknown>> = {}) => ({
  diopter: 1,
  name: "x",
  nodes: { photo: loadNode, node },
  ...rest,
});

test.each([
  blurNode("photo", { amount: 1, edge: "zero", exact: true, note: "soft" }),
  {
    type: "image/stack",
    version: 1,
    inputs: {
      images: [
        ["photo", "image"],
        ["photo", "image"],
      ],
    },
  },
  { type: "@some/body:image/wand", version: 4, params: { any: 1 }, inputs: { any: ["a", "b"] } },
  { type: "workflow/call", version: 1, params: { path: "a.json", steps: 4 } },
  { type: "workflow/input", version: 1, params: { name: "a", socket: "IMAGE" } },
])("accepts %j", (node) => {
  expect(validator.safeParse(documentWith(node)).success).toBe(true);
});

test.each([
  blurNode("photo", { amount: 2 }),
  blurNode("photo", { amount: "1" }),
  blurNode("photo", { edge: "miror" }),
  blurNode("photo", { amuont: 1 }),
  { ...blurNode("photo"), version: 4 },
  { ...blurNode("photo"), inputs: { picture: ["photo", "image"] } },
  { ...blurNode("photo"), inputs: { image: [["photo", "image"]] } },
  { ...blurNode("photo"), parms: {} },
  { type: "image/blurr", version: 1 },
  { type: "workflow/input", version: 1, params: { socket: "PICTURE" } },
  { type: "image/load" },
])("marks %j", (node) => {
  expect(validator.safeParse(documentWith(node)).success).toBe(false);
});

test("marks what is wrong around the nodes", () => {
  expect(validator.safeParse(documentWith(loadNode, { diopter: 2 })).success).toBe(false);
  expect(validator.safeParse(documentWith(loadNode, { extra: 1 })).success).toBe(false);
  expect(validator.safeParse(documentWith(loadNode, { interface: { a: "b" } })).success).toBe(
    false,
  );
  expect(validator.safeParse(documentWith(loadNode, { interface: { a: "b.c" } })).success).toBe(
    true,
  );
});

test("shows help, ranges and defaults where they are typed in", () => {
  const schema: unknown = JSON.parse(JSON.stringify(workflowJsonSchema(registry)));
  expect(schema).toHaveProperty("definitions.node.anyOf.0", {
    description: "Blur: Blurs a picture.",
    type: "object",
    required: ["type", "version"],
    additionalProperties: false,
    properties: expect.objectContaining({
      type: { const: "image/blur" },
      params: {
        type: "object",
        additionalProperties: false,
        properties: expect.objectContaining({
          amount: { type: "number", minimum: 0, maximum: 1, default: 0.5, description: "How much" },
          window: { type: "integer", minimum: 3, maximum: 31, not: { multipleOf: 2 }, default: 3 },
        }),
      },
    }),
  });
});
