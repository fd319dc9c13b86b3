import type { NodeDescriptor } from "@diopter/engine/editing";
import { expect, it } from "vitest";
import { findChoices, portForWire } from "./choices.js";

const node = (
  type: string,
  title: string,
  help: string,
  ports: Partial<NodeDescriptor> = {},
): NodeDescriptor => ({
  type,
  subject: type.split("/")[0] ?? "",
  version: 1,
  title,
  help,
  kind: "run",
  inputs: {},
  params: {},
  outputs: {},
  sideEffect: false,
  deterministic: true,
  ...ports,
});

const nodes = [
  node("image/save", "Save image", "Writes a picture."),
  node("image/resize", "Resize", "Makes a picture smaller or larger.", {
    inputs: { image: { socket: "IMAGE" } },
    outputs: { image: { socket: "IMAGE" } },
  }),
  node("latent/encode-all", "Encode all", "Many at once."),
  node("latent/encode", "Encode", "Turns a picture into a latent.", {
    inputs: { vae: { socket: "VAE" }, image: { socket: "IMAGE" } },
    outputs: { latent: { socket: "LATENT" } },
  }),
];

const typesFor = (typed: string) =>
  findChoices(nodes, typed).flatMap(({ choices }) =>
    choices.map(({ descriptor }) => descriptor.type),
  );

it("lists everything by subject where nothing was typed", () => {
  expect(findChoices(nodes, " ").map(({ subject }) => subject)).toEqual(["image", "latent"]);
  expect(typesFor("")).toHaveLength(nodes.length);
});

it("forgives letters that are missing, and finds by help last", () => {
  expect(typesFor("rsize")[0]).toBe("image/resize");
  expect(typesFor("picture")).toEqual(expect.arrayContaining(["image/save", "latent/encode"]));
  expect(typesFor("qqq")).toEqual([]);
});

it.each(["latent/encode", "latent encode", "Encode"])("puts what is named %j first", (typed) => {
  expect(typesFor(typed)[0]).toBe("latent/encode");
});

it.each([
  ["rezise", "image/resize"],
  ["ecnode", "latent/encode"],
  ["rsz", "image/resize"],
  ["si", "image/save"],
  ["image save", "image/save"],
  ["enlarge", "image/resize"],
])("takes slips, short forms, initials, any order and other names: %s", (typed, type) => {
  expect(typesFor(typed)[0]).toBe(type);
});

it("marks the letters that answer", () => {
  const [found] = findChoices(nodes, "save im").flatMap(({ choices }) => choices);
  expect(found?.ranges).toEqual([0, 4, 5, 7]);
});

it("finds the port at which a wire arrives, the same type first", () => {
  const encode = nodes[3];
  if (encode === undefined) expect.fail();
  const output = { node: "a", side: "output", name: "image" } as const;
  expect(portForWire(encode, output, { socket: "IMAGE" })).toBe("image");
  expect(portForWire(encode, output, { socket: "MAP" })).toBeUndefined();
  const input = { node: "a", side: "input", name: "latent" } as const;
  expect(portForWire(encode, input, { socket: "LATENT" })).toBe("latent");
});
