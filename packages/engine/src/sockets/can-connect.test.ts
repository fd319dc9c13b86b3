import { expect, test } from "vitest";
import {
  blurNode,
  documentOf,
  loadNode,
  registry,
} from "../document/example-nodes.test-support.js";
import { canConnect } from "./can-connect.js";
import { canPlug } from "./can-plug.js";
import { type SocketType, socketTypes } from "./socket-types.js";

const document = documentOf({
  photo: loadNode,
  other: loadNode,
  soft: blurNode("photo"),
  free: { type: "image/blur", version: 3 },
  all: { type: "image/stack", version: 1, inputs: { images: ["photo", "image"] } },
  end: blurNode("soft"),
  call: { type: "workflow/call", version: 1, inputs: { fed: ["photo", "image"] } },
  in: { type: "workflow/input", version: 1, params: { name: "x", socket: "TEXT" } },
});

const connection = (from: string, to: string) => {
  const [node = "", output = ""] = from.split(".");
  const [target = "", input = ""] = to.split(".");
  return canConnect(document, registry, { from: { node, output }, to: { node: target, input } });
};

test.each([
  ["photo.image", "free.image"],
  ["soft.radius", "free.radius"],
  ["other.image", "all.images"],
  ["photo.image", "all.images"],
  ["call.anything", "free.image"],
  ["photo.image", "call.anything"],
])("%s may go to %s", (from, to) => {
  expect(connection(from, to)).toEqual({ valid: true });
});

test.each([
  ["gone.image", "free.image", "document/dangling-wire", 'There is no node "gone".'],
  ["photo.image", "gone.image", "document/dangling-wire", 'There is no node "gone".'],
  ["free.image", "free.image", "document/cycle", "A node cannot be wired to itself."],
  ["photo.picture", "free.image", "document/unknown-port", '"photo" has no output "picture".'],
  ["photo.image", "free.toString", "document/unknown-port", '"free" has no input "toString".'],
  [
    "soft.radius",
    "free.image",
    "document/type-mismatch",
    "The output gives INTEGER and the input takes IMAGE.",
  ],
  [
    "in.value",
    "free.image",
    "document/type-mismatch",
    "The output gives TEXT and the input takes IMAGE.",
  ],
  ["other.image", "soft.image", "document/occupied-input", 'The input "image" is wired already.'],
  ["other.image", "call.fed", "document/occupied-input", 'The input "fed" is wired already.'],
  [
    "end.radius",
    "soft.radius",
    "document/cycle",
    '"end" depends on "soft": the wire closes a circle.',
  ],
])("%s may not go to %s", (from, to, code, sentence) => {
  expect(connection(from, to)).toEqual({ valid: false, code, sentence });
});

test("every type goes to itself, and to nothing that does not say that it takes it", () => {
  const types = Object.keys(socketTypes).filter((name): name is SocketType => name in socketTypes);
  for (const from of types) {
    for (const to of types) {
      const expected = from === to || (from === "INTEGER" && to === "NUMBER");
      expect(canPlug({ socket: from }, { socket: to }).valid).toBe(expected);
    }
  }
});

test("looks back along 10,000 wires", () => {
  const chain: Record<string, unknown> = { "n 0": { type: "image/blur", version: 3 } };
  for (let index = 1; index < 10_000; index++) chain[`n ${index}`] = blurNode(`n ${index - 1}`);
  const wire = { from: { node: "n 9999", output: "image" }, to: { node: "n 0", input: "image" } };
  expect(canConnect(documentOf(chain), registry, wire)).toMatchObject({ code: "document/cycle" });
});
