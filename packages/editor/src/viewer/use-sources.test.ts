import { fillDocument, type NodeDescriptor } from "@diopter/engine/editing";
import type { Job, JobResult } from "@diopter/server/protocol";
import { expect, it } from "vitest";
import { inputsOf, otherPictures } from "./other-pictures.js";
import { picturesOf, thumbnailAddress } from "./result-pictures.js";
import { resultSources } from "./use-sources.js";

const compare: NodeDescriptor = {
  type: "image/compare",
  subject: "image",
  version: 1,
  title: "Compare",
  help: "",
  kind: "run",
  inputs: {},
  params: {},
  outputs: {
    view: { socket: "IMAGE" },
    difference: { socket: "MAP" },
    metrics: { socket: "METRICS" },
  },
  sideEffect: false,
  deterministic: true,
};
const descriptors = { [compare.type]: compare };
const document = fillDocument({
  diopter: 1,
  name: "Compare",
  nodes: {
    photo: { type: "image/load", version: 1, params: { path: "uploads/lake.png" } },
    many: { type: "image/load", version: 1, params: { path: "uploads/*.png" } },
    compare: { type: compare.type, version: 1, title: "Before and after" },
  },
});

const result = (name: string, type: string, hash = name): JobResult => ({
  node: "compare",
  name,
  type,
  bytes: 1,
  hash,
  url: `/results/${hash}`,
});
const job = (id: string, created: number, results: readonly JobResult[]): Job => ({
  id,
  name: id,
  status: "succeeded",
  priority: 0,
  created,
  attempts: 1,
  lastEvent: 0,
  results: [...results],
});

const results = [
  result("compare.view.png", "image/png"),
  result("compare.difference.png", "image/png"),
  result("compare.metrics.json", "application/json"),
];

it("shows maps in colour and measurements in a table", () => {
  const sources = resultSources(job("a", 0, results), document, descriptors);
  expect(sources.map(({ title, content }) => [title, content.kind])).toEqual([
    ["Before and after", "heat-map"],
    ["Measured in the run", "metrics"],
  ]);
  expect(resultSources(undefined, document, descriptors)).toEqual([]);
});

it("takes only pictures from a job, each once", () => {
  const twice = [...results, result("copy.png", "image/png", "compare.view.png")];
  const labels = picturesOf(job("a", 0, twice)).map(({ label }) => label);
  expect(labels).toEqual(["a: compare.view.png", "a: compare.difference.png"]);
});

it("finds the pictures that a workflow loads, but not patterns", () => {
  const found = inputsOf(document, (path) => `/files?path=${path}`);
  expect(found).toEqual([
    {
      key: "file uploads/lake.png",
      label: "lake.png",
      url: "/files?path=uploads/lake.png",
      node: "photo",
    },
  ]);
});

it("offers what is not shown yet, the newest run first", () => {
  const jobs = new Map([
    ["old", job("old", 1, [result("x.png", "image/png", "1")])],
    ["new", job("new", 2, [result("x.png", "image/png", "2"), result("y.png", "image/png", "1")])],
  ]);
  const address = (path: string) => path;
  const all = otherPictures(document, jobs, [], address).map(({ label }) => label);
  expect(all).toEqual(["lake.png", "new: x.png", "new: y.png"]);
  const shown = [{ key: "2", label: "", url: "" }];
  expect(otherPictures(document, jobs, shown, address).map(({ key }) => key)).not.toContain("2");
});

it("asks for smaller copies, whatever the address already asks for", () => {
  expect(thumbnailAddress("/a", 64)).toBe("/a?preview=webp;80&size=64");
  expect(thumbnailAddress("/a?token=1", 64)).toBe("/a?token=1&preview=webp;80&size=64");
});
