import { viewOf } from "@diopter/engine/editing";
import { registry } from "@diopter/nodes";
import { describe, expect, test } from "vitest";
import { importComfyui } from "./index.js";

const place = { pictures: "uploads/" };
const _load = { class_type: "LoadImage", inputs: { image: "photo.png" } };
const _image = ["1", 0];

/** A workflow as the editor saves it: positional widgets, a reroute, a primitive, a group. */
const graph = (version: 0.4 | 1) => {
  const links = [
    [1, 1, 0, 9, 0, "IMAGE"],
    [2, 9, 0, 2, 0, "*"],
    [3, 2, 0, 3, 0, "IMAGE"],
    [4, 8, 0, 2, 1, "FLOAT"],
    [5, 3, 0, 4, 0, "IMAGE"],
  ] as const;
  return {
    version,
    last_node_id: 9,
    nodes: [
      {
        id: 1,
        type: "LoadImage",
        pos: [0, 10],
        widgets_values: ["photo.png", "image"],
        outputs: [],
      },
      { id: 9, type: "Reroute", pos: [0, 0], inputs: [{ name: "", type: "*", link: 1 }] },
      { id: 8, type: "PrimitiveNode", pos: [0, 0], widgets_values: [2.5, "fixed"] },
      {
        id: 2,
        type: "ImageScaleBy",
        pos: { 0: 300, 1: 20 },
        flags: { collapsed: true },
        title: "Twice",
        inputs: [
          { name: "image", type: "IMAGE", link: 2 },
          { name: "scale_by", type: "FLOAT", link: 4, widget: { name: "scale_by" } },
        ],
        widgets_values: ["bicubic", 1],
      },
      {
        id: 3,
        type: "ImageUpscaleWithModel",
        mode: 4,
        inputs: [
          { name: "image", type: "IMAGE", link: 3 },
          { name: "upscale_model", type: "UPSCALE_MODEL", link: null },
        ],
      },
      {
        id: 4,
        type: "SaveImage",
        mode: 2,
        inputs: [{ name: "images", type: "IMAGE", link: 5 }],
        widgets_values: ["up"],
      },
      { id: 5, type: "MarkdownNote", widgets_values: ["A remark."] },
      {
        id: 6,
        type: "KSampler",
        widgets_values: [42, "randomize", 7, 1.5, "euler", "normal", 0.5],
      },
    ],
    links:
      version === 0.4
        ? links
        : links.map(([id, origin_id, origin_slot, target_id, target_slot, type]) => ({
            id,
            origin_id,
            origin_slot,
            target_id,
            target_slot,
            type,
            ...(id === 2 ? { parentId: 2 } : {}),
          })),
    groups: [{ title: "In", bounding: [-10, -20, 300, 200], color: "#3f789e" }],
    ...(version === 1
      ? {
          reroutes: [
            { id: 1, pos: [400, 50] },
            { id: 2, parentId: 1, pos: [450, 60] },
          ],
        }
      : {
          extra: {
            reroutes: [
              { id: 1, pos: [400, 50] },
              { id: 2, parentId: 1, pos: [450, 60] },
            ],
            linkExtensions: [{ id: 2, parentId: 2 }],
          },
        }),
  };
};

describe.each([0.4, 1] as const)("the editor's form, version %d", (version) => {
  const { document, notes } = importComfyui(graph(version), registry, place);

  test("reads widgets by their place and wires past reroutes and primitives", () => {
    expect(document.nodes["1"]).toEqual({
      type: "image/load",
      version: 1,
      params: { path: "uploads/photo.png" },
    });
    expect(document.nodes["2"]).toMatchObject({
      title: "Twice",
      params: { scale: 2.5, filter: "bicubic" },
      inputs: { image: ["1", "image"] },
    });
    expect(document.nodes["6"]?.params).toEqual({
      seed: 42,
      steps: 7,
      cfg: 1.5,
      sampler_name: "euler",
      scheduler: "normal",
      denoise: 0.5,
    });
  });

  test("keeps what is muted and makes a wire of what is bypassed", () => {
    expect(document.nodes["4"]).toMatchObject({ mode: "muted", inputs: { image: ["2", "image"] } });
    expect(document.nodes["3"]).toBeUndefined();
    expect(notes).toContain(
      "Node 3 (ImageUpscaleWithModel): It was bypassed and has become a wire.",
    );
    expect(notes).toContain("Node 5 (MarkdownNote) is a remark and was left out.");
  });

  test("carries places, frames and points of wires over", () => {
    const view = viewOf(document);
    expect(view.positions).toMatchObject({ "1": [0, 10], "2": [300, 20] });
    expect(view.collapsed).toEqual({ "2": true });
    expect(Object.values(view.frames)).toEqual([
      { title: "In", colour: "#3f789e", x: -10, y: -20, width: 300, height: 200 },
    ]);
    expect(view.reroutes).toEqual({
      "2.image": [
        [400, 50],
        [450, 60],
      ],
    });
  });
});
