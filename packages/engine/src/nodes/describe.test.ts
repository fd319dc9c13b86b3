import { expect, test } from "vitest";
import { registry } from "../document/example-nodes.test-support.js";
import { defineNode } from "./define-node.js";
import { describeNode, splitNodeType } from "./describe.js";
import { image } from "./ports.js";

test("a descriptor holds all but the code and survives JSON", () => {
  const blur = registry["image/blur"];
  if (blur === undefined) expect.fail();
  const descriptor = describeNode(blur);
  expect(JSON.parse(JSON.stringify(descriptor))).toEqual(descriptor);
  expect(descriptor).toMatchObject({
    type: "image/blur",
    subject: "image",
    kind: "run",
    source: "Nobody, eq. 1",
    inputs: { image: { socket: "IMAGE" }, radius: { socket: "NUMBER", optional: true } },
    params: { window: { kind: "integer", default: 3, odd: true } },
    sideEffect: false,
    deterministic: true,
  });
  expect(descriptor).not.toHaveProperty("package");
});

test("a graph node of a package says so", () => {
  const invert = defineNode({
    type: "@some/body:image/invert",
    version: 1,
    title: "Invert",
    help: "Turns light into dark.",
    inputs: { image: image() },
    params: {},
    outputs: { image: image() },
    graph: (g, inputs) => ({ image: g.sub(1, inputs.image) }),
  });
  expect(describeNode(invert)).toMatchObject({
    kind: "graph",
    package: "@some/body",
    subject: "image",
  });
});

test.each([
  ["image/load", undefined, "image", "load"],
  ["pack:image/load", "pack", "image", "load"],
  ["@a/b:image/load", "@a/b", "image", "load"],
  ["odd", undefined, "", "odd"],
])("%s", (type, source, subject, name) => {
  expect(splitNodeType(type)).toEqual({ package: source, subject, name });
});
