import { viewOf } from "@diopter/engine/editing";
import { registry } from "@diopter/nodes";
import { describe, expect, test } from "vitest";
import { importComfyui } from "./index.js";

const place = { pictures: "" };

/** Scales twice: by what its field or wire says, and by 3, in a subgraph within. */
const twice = {
  id: "twice",
  name: "Twice",
  inputNode: { id: -10 },
  outputNode: { id: -20 },
  inputs: [{ name: "picture" }, { name: "factor" }],
  outputs: [{ name: "first" }, { name: "both" }],
  nodes: [
    {
      id: 1,
      type: "ImageScaleBy",
      pos: [10, 20],
      inputs: [
        { name: "image", type: "IMAGE", link: 1 },
        { name: "scale_by", type: "FLOAT", link: 2, widget: { name: "scale_by" } },
      ],
      widgets_values: ["bicubic", 1],
    },
    { id: 2, type: "within", pos: [310, 20], inputs: [{ name: "in", type: "IMAGE", link: 3 }] },
  ],
  links: [
    { id: 1, origin_id: -10, origin_slot: 0, target_id: 1, target_slot: 0, type: "IMAGE" },
    { id: 2, origin_id: -10, origin_slot: 1, target_id: 1, target_slot: 1, type: "FLOAT" },
    { id: 3, origin_id: 1, origin_slot: 0, target_id: 2, target_slot: 0, type: "IMAGE" },
    { id: 4, origin_id: 1, origin_slot: 0, target_id: -20, target_slot: 0, type: "IMAGE" },
    { id: 5, origin_id: 2, origin_slot: 0, target_id: -20, target_slot: 1, type: "IMAGE" },
  ],
};

const within = {
  id: "within",
  inputs: [{ name: "in" }],
  outputs: [{ name: "out" }],
  nodes: [
    {
      id: 7,
      type: "ImageScaleBy",
      inputs: [{ name: "image", type: "IMAGE", link: 1 }],
      widgets_values: ["lanczos", 3],
    },
  ],
  links: [
    { id: 1, origin_id: -10, origin_slot: 0, target_id: 7, target_slot: 0, type: "IMAGE" },
    { id: 2, origin_id: 7, origin_slot: 0, target_id: -20, target_slot: 0, type: "IMAGE" },
  ],
};

const workflow = (mode: number) => ({
  version: 0.4,
  nodes: [
    { id: 1, type: "LoadImage", widgets_values: ["a.png", "image"] },
    {
      id: 5,
      type: "twice",
      mode,
      pos: [1000, 500],
      inputs: [
        { name: "picture", type: "IMAGE", link: 1 },
        { name: "factor", type: "FLOAT", link: null, widget: { name: "factor" } },
      ],
      outputs: [
        { name: "first", type: "IMAGE" },
        { name: "both", type: "IMAGE" },
      ],
      widgets_values: [2.5],
    },
    { id: 9, type: "SaveImage", inputs: [{ name: "images", type: "IMAGE", link: 2 }] },
  ],
  links: [
    [1, 1, 0, 5, 0, "IMAGE"],
    [2, 5, 1, 9, 0, "IMAGE"],
  ],
  definitions: { subgraphs: [twice, within] },
});

describe("subgraphs", () => {
  test("are laid out in the place of the nodes that stand for them", () => {
    const { document, problems, notes } = importComfyui(workflow(0), registry, place);
    expect({ problems, notes }).toEqual({ problems: [], notes: [] });
    expect(document.nodes["5:1"]).toMatchObject({
      params: { scale: 2.5, filter: "bicubic" },
      inputs: { image: ["1", "image"] },
    });
    expect(document.nodes["5:2:7"]).toMatchObject({
      params: { scale: 3 },
      inputs: { image: ["5:1", "image"] },
    });
    expect(document.nodes["9"]?.inputs).toEqual({ image: ["5:2:7", "image"] });
    expect(Object.keys(document.nodes)).toEqual(["1", "9", "5:1", "5:2:7"]);
  });

  test("stand in a frame with their name, where the node stood", () => {
    const view = viewOf(importComfyui(workflow(0), registry, place).document);
    expect(view.positions["5:1"]).toEqual([1000, 560]);
    expect(Object.values(view.frames).map(({ title }) => title)).toEqual(["Twice", "Subgraph"]);
  });

  test("are muted as a whole", () => {
    const { document } = importComfyui(workflow(2), registry, place);
    expect(document.nodes["5:1"]?.mode).toBe("muted");
    expect(document.nodes["5:2:7"]?.mode).toBe("muted");
    expect(document.nodes["9"]?.mode).toBeUndefined();
  });

  test("and other classes become wires where they are bypassed", () => {
    const { document, notes, problems } = importComfyui(workflow(4), registry, place);
    expect(document.nodes["9"]?.inputs).toEqual({ image: ["1", "image"] });
    expect(Object.keys(document.nodes)).toEqual(["1", "9"]);
    expect(notes).toEqual(["Node 5 (twice) was bypassed and has become a wire."]);
    expect(problems).toEqual([]);
  });

  test("muted classes without a counterpart are no problem", () => {
    const muted = { nodes: [{ id: 1, type: "Mystery", mode: 2 }] };
    expect(importComfyui(muted, registry, place)).toMatchObject({
      problems: [],
      document: { nodes: { "1": { type: "comfyui:Mystery", mode: "muted" } } },
    });
  });
});
