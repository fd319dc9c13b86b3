import type { NodeDescriptor, WorkflowDocument } from "@diopter/engine/editing";
import { expect, it } from "vitest";
import { bundleSchema, pictureFiles, withPictures } from "./bundle.js";

const load: NodeDescriptor = {
  type: "image/load",
  subject: "image",
  version: 1,
  title: "Load",
  help: "",
  kind: "run",
  inputs: {},
  params: {
    path: { kind: "file", content: "image", default: "" },
    mask: { kind: "file", content: "image", default: "" },
    model: { kind: "file", content: "model", default: "" },
  },
  outputs: {},
  sideEffect: false,
  deterministic: true,
};
const registry = { "image/load": load };

const document: WorkflowDocument = {
  diopter: 1,
  name: "One",
  nodes: {
    photo: { type: "image/load", version: 1, params: { path: "a.png", model: "a.png" } },
    other: { type: "image/load", version: 1, params: { path: "a.png", mask: "b.png" } },
    alien: { type: "pack:x/y", version: 1, params: { path: "c.png" } },
  },
};

it("names each picture that the document reads once, and nothing else", () => {
  expect(pictureFiles(document, registry)).toEqual(["a.png", "b.png"]);
});

it("leads pictures elsewhere and leaves other files alone", () => {
  const { nodes } = withPictures(document, registry, new Map([["a.png", "uploads/a-2.png"]]));
  expect(nodes.photo?.params).toEqual({ path: "uploads/a-2.png", model: "a.png" });
  expect(nodes.other?.params).toEqual({ path: "uploads/a-2.png", mask: "b.png" });
  expect(nodes.alien?.params).toEqual({ path: "c.png" });
});

it("takes only data in a shared file, no address that would be fetched", () => {
  const bundle = { "diopter-bundle": 1, workflow: { diopter: 1 }, files: { "a.png": "data:," } };
  expect(bundleSchema.safeParse(bundle).success).toBe(true);
  const foreign = { ...bundle, files: { "a.png": "https://example.org/a.png" } };
  expect(bundleSchema.safeParse(foreign).success).toBe(false);
});
