import { requireRunnable } from "@diopter/engine";
import type { WorkflowNode } from "@diopter/engine/editing";
import { registry } from "@diopter/nodes";
import { describe, expect, test } from "vitest";
import { comfyuiForm, importComfyui } from "./index.js";

const place = { pictures: "uploads/" };
const load = { class_type: "LoadImage", inputs: { image: "photo.png" } };
const image = ["1", 0];

/** Imports a photograph and one more node, which must be able to run. */
function mapped(className: string, inputs: Record<string, unknown>): Record<string, WorkflowNode> {
  const prompt = { "1": load, "2": { class_type: className, inputs } };
  const { document, problems } = importComfyui(prompt, registry, place);
  expect(problems).toEqual([]);
  requireRunnable(document, registry);
  const { "1": _photo, ...nodes } = document.nodes;
  return nodes;
}

const params = (nodes: Record<string, WorkflowNode>, id = "2") => ({
  type: nodes[id]?.type,
  ...nodes[id]?.params,
});

describe("classes of pictures", () => {
  test("load and save in folders of ours", () => {
    const nodes = mapped("SaveImage", { images: image, filename_prefix: "a/b%date%" });
    expect(params(nodes)).toEqual({ type: "image/save", path: "a/b-_00001_.png" });
    expect(nodes["2"]?.inputs).toEqual({ image: ["1", "image"] });
    const preview = mapped("PreviewImage", { images: image });
    expect(preview["2"]?.params).toEqual({ path: "temp/2_00001_.png" });
    const masks = mapped("LoadImageMask", { image: "m.png [input]", channel: "alpha" });
    expect(params(masks)).toEqual({
      type: "image/load-mask",
      path: "uploads/m.png",
      channel: "alpha",
      invert: true,
    });
  });

  test("make a mask of a picture's transparency only where one is used", () => {
    const prompt = { "1": load, "2": { class_type: "Unknown", inputs: { mask: ["1", 1] } } };
    const { document } = importComfyui(prompt, registry, place);
    expect(document.nodes["1/mask"]?.params).toMatchObject({ channel: "alpha", invert: true });
    expect(document.nodes["2"]?.inputs).toEqual({ mask: ["1/mask", "map"] });
    expect(Object.keys(importComfyui({ "1": load }, registry, place).document.nodes)).toEqual([
      "1",
    ]);
  });

  test("resize, cutting to the ratio where that was asked", () => {
    const scale = { image, upscale_method: "nearest-exact", width: 64, height: 32 };
    const plain = mapped("ImageScale", { ...scale, crop: "disabled" });
    expect(params(plain)).toEqual({
      type: "image/resize",
      by: "size",
      width: 64,
      height: 32,
      filter: "nearest",
    });
    const cut = mapped("ImageScale", { ...scale, crop: "center" });
    expect(params(cut, "2/crop")).toEqual({ type: "image/crop-to-ratio", width: 64, height: 32 });
    expect(cut["2"]?.inputs).toEqual({ image: ["2/crop", "image"] });
    const factor = { image, upscale_method: "lanczos", scale_by: 1.5 };
    expect(params(mapped("ImageScaleBy", factor))).toMatchObject({ scale: 1.5, filter: "lanczos" });
  });

  test("hand the picture on where no size is named", () => {
    const prompt = {
      "1": load,
      "2": { class_type: "ImageScale", inputs: { image, width: 0, height: 0 } },
      "3": { class_type: "SaveImage", inputs: { images: ["2", 0] } },
    };
    const { document } = importComfyui(prompt, registry, place);
    expect(document.nodes["3"]?.inputs).toEqual({ image: ["1", "image"] });
  });

  test("crop, batch, invert and blend", () => {
    const crop = mapped("ImageCrop", { image, width: 5, height: 6, x: 7, y: 8 });
    expect(params(crop)).toEqual({ type: "image/crop", width: 5, height: 6, x: 7, y: 8 });
    const two = { image1: image, image2: image };
    expect(mapped("ImageBatch", two)["2"]?.inputs).toEqual({
      first: ["1", "image"],
      second: ["1", "image"],
    });
    expect(params(mapped("ImageInvert", { image }))).toEqual({ type: "image/invert" });
    const blend = mapped("ImageBlend", { ...two, blend_factor: 0.2, blend_mode: "soft_light" });
    expect(params(blend)).toEqual({ type: "image/blend", amount: 0.2, mode: "soft-light" });
  });
});

test("models and latents: a whole chain can run", () => {
  const prompt = {
    photo: load,
    model: { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "denoiser" } },
    vae: { class_type: "VAELoader", inputs: { vae_name: "vae" } },
    encode: {
      class_type: "VAEEncodeTiled",
      inputs: { pixels: ["photo", 0], vae: ["model", 2], tile_size: 500, overlap: 64 },
    },
    big: {
      class_type: "LatentUpscale",
      inputs: {
        samples: ["encode", 0],
        upscale_method: "bislerp",
        width: 64,
        height: 64,
        crop: "center",
      },
    },
    bigger: { class_type: "LatentUpscaleBy", inputs: { samples: ["big", 0], scale_by: 2 } },
    decode: { class_type: "VAEDecode", inputs: { samples: ["bigger", 0], vae: ["vae", 0] } },
    loader: { class_type: "UpscaleModelLoader", inputs: { model_name: "denoiser" } },
    up: {
      class_type: "ImageUpscaleWithModel",
      inputs: { upscale_model: ["loader", 0], image: ["decode", 0], steps: 2 },
    },
    save: { class_type: "SaveImage", inputs: { images: ["up", 0] } },
  };
  const { document, problems, notes } = importComfyui(prompt, registry, place);
  expect(problems).toEqual([]);
  expect(notes).toEqual(["Node big (LatentUpscale): bislerp has become bicubic."]);
  requireRunnable(document, registry);
  expect(document.nodes.encode?.params).toEqual({ tile: 504 });
  expect(document.nodes["up/sample"]?.params).toEqual({ steps: 2, seed: 0 });
  expect(document.nodes["model/vae"]?.type).toBe("model/load-vae");
});

test("classes whose models have no builder are named, with what to use", () => {
  const prompt = {
    "4": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "denoiser" } },
    "6": { class_type: "CLIPTextEncode", inputs: { text: "sharp", clip: ["4", 1] } },
    "7": { class_type: "KSampler", inputs: { model: ["4", 0], positive: ["6", 0], seed: 3 } },
  };
  const { problems, document } = importComfyui(prompt, registry, place);
  expect(problems.map(({ code, node, sentence }) => [code, node, sentence])).toEqual([
    [
      "comfyui/unsupported",
      "6",
      expect.stringMatching(/CLIPTextEncode.*text encoders.*sampling\/sample/),
    ],
    ["comfyui/unsupported", "7", expect.stringMatching(/KSampler/)],
  ]);
  expect(document.nodes["7"]?.inputs).toEqual({
    model: ["4", "denoiser"],
    positive: ["6", "slot-0"],
  });
});

test("primitives become values, through other primitives too", () => {
  const prompt = {
    "1": load,
    a: { class_type: "PrimitiveFloat", inputs: { value: 3 } },
    b: { class_type: "PrimitiveFloat", inputs: { value: ["a", 0] } },
    c: { class_type: "ImageScaleBy", inputs: { image, scale_by: ["b", 0] } },
    d: { class_type: "image/resize", inputs: { image, scale: ["a", 0] } },
    e: { class_type: "image/resize", inputs: { image, scale: ["1", 0] } },
    f: { class_type: "ImageScaleBy", inputs: { image, scale_by: ["1", 0] } },
  };
  const { document, problems } = importComfyui(prompt, registry, place);
  expect(Object.keys(document.nodes)).toEqual(["1", "c", "d", "e", "f"]);
  expect(document.nodes.c?.params).toMatchObject({ scale: 3 });
  expect(document.nodes.d?.params).toEqual({ scale: 3 });
  expect(problems.map(({ node, message }) => [node, message])).toEqual([
    ["e", expect.stringContaining('its "scale" is computed by another node')],
    ["f", expect.stringContaining('its "scale_by" is computed by another node')],
  ]);
});

describe("what is no workflow", () => {
  test("is told apart by its shape", () => {
    expect(comfyuiForm({ diopter: 1, nodes: {} })).toBeUndefined();
    expect([[], {}, null, "x", { a: 1 }, { a: { inputs: {} } }].map(comfyuiForm)).toEqual(
      new Array(6).fill(undefined),
    );
  });

  test.each([[{}], [{ nodes: [{ id: 1 }] }], [{ nodes: [], links: [["a"]] }], [null]])(
    "%j is refused",
    (data) => {
      expect(() => importComfyui(data, registry)).toThrow(
        expect.objectContaining({ code: "comfyui/invalid" }),
      );
    },
  );

  test("subgraphs that hold themselves, or blow up, are refused", () => {
    const holder = (id: string, ...types: string[]) => ({
      id,
      nodes: types.map((type, index) => ({ id: index, type })),
    });
    const itself = {
      nodes: [{ id: 1, type: "x" }],
      definitions: { subgraphs: [holder("x", "y"), holder("y", "x")] },
    };
    const tenfold = Array.from({ length: 6 }, (_, level) =>
      holder(`${level}`, ...new Array<string>(10).fill(`${level + 1}`)),
    );
    const bomb = { nodes: [{ id: 1, type: "0" }], definitions: { subgraphs: tenfold } };
    for (const data of [itself, bomb]) {
      expect(() => importComfyui(data, registry)).toThrow(
        expect.objectContaining({ code: "comfyui/invalid" }),
      );
    }
  });

  test("wires in circles of reroutes and primitives end", () => {
    const loop = {
      nodes: [
        { id: 1, type: "Reroute", inputs: [{ name: "", type: "*", link: 2 }] },
        { id: 2, type: "Reroute", inputs: [{ name: "", type: "*", link: 1 }] },
        { id: 3, type: "SaveImage", inputs: [{ name: "images", type: "IMAGE", link: 1 }] },
      ],
      links: [
        [1, 1, 0, 2, 0, "*"],
        [2, 2, 0, 1, 0, "*"],
      ],
    };
    expect(importComfyui(loop, registry).document.nodes["3"]?.inputs).toBeUndefined();
    const prompt = {
      a: { class_type: "PrimitiveInt", inputs: { value: ["b", 0] } },
      b: { class_type: "PrimitiveInt", inputs: { value: ["a", 0] } },
      c: { class_type: "ImageScaleBy", inputs: { scale_by: ["a", 0] } },
    };
    expect(importComfyui(prompt, registry).document.nodes.c?.params).toMatchObject({ scale: 1 });
  });
});
