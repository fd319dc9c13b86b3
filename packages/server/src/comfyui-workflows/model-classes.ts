import { shippedModels } from "@diopter/nodes";
import { combo, float, int, optional, output, string, wire } from "./class-inputs.js";
import type { Built, BuiltNode, ComfyClass, ComfyNode } from "./comfy-class.js";
import { filterOf } from "./picture-classes.js";

const names = Object.keys(shippedModels);
const vaes = names.filter((name) => name.startsWith("vae"));
const denoisers = names.filter((name) => name.startsWith("denoiser"));

const methods = ["nearest-exact", "bilinear", "area", "bicubic", "bislerp"] as const;
const side = { default: 512, min: 0, max: 16384, step: 8 };
const tiling = {
  overlap: optional(int("overlap", { default: 64, min: 0, max: 4096, step: 32 })),
  size: optional(int("temporal_size", { default: 64, min: 8, max: 4096, step: 4 })),
  share: optional(int("temporal_overlap", { default: 8, min: 4, max: 4096, step: 4 })),
};

const loader = (id: string, type: string, name: string, socket: string): Built => ({
  nodes: { [id]: { type, params: { path: name } } },
  outputs: [[id, socket]],
});

const withoutText = {
  reason: "it works on text, and the text encoders of such models have no builder here yet",
  remedy:
    "Use ImageUpscaleWithModel, or the nodes model/load-denoiser and sampling/sample, which need no text.",
};

function upscale(node: ComfyNode): Built {
  const part = (name: string) => `${node.id}/${name}`;
  const vae: readonly [string, string] = [part("vae"), "vae"];
  const nodes: Record<string, BuiltNode> = {
    [part("enlarge")]: {
      type: "image/resize",
      params: { scale: node.number("scale") },
      inputs: { image: { input: "image" } },
    },
    [part("vae")]: { type: "model/load-vae", params: { path: "vae" } },
    [part("encode")]: {
      type: "latent/encode",
      inputs: { image: [part("enlarge"), "image"], vae },
    },
    [part("sample")]: {
      type: "sampling/sample",
      params: { steps: node.number("steps"), seed: node.number("seed") },
      inputs: {
        denoiser: { input: "upscale_model" },
        original: [part("encode"), "latent"],
        picture: { input: "image" },
      },
    },
    [part("decode")]: {
      type: "latent/decode",
      inputs: { latent: [part("sample"), "latent"], vae, like: [part("enlarge"), "image"] },
    },
    [node.id]: {
      type: "image/color-fix",
      inputs: { image: [part("decode"), "image"], reference: { input: "image" } },
    },
  };
  return { nodes, outputs: [[node.id, "image"]] };
}

function checkpoint(node: ComfyNode): Built {
  const vae = `${node.id}/vae`;
  return {
    nodes: {
      [node.id]: { type: "model/load-denoiser", params: { path: node.text("ckpt_name") } },
      ...(node.isUsed(2) ? { [vae]: { type: "model/load-vae", params: { path: "vae" } } } : {}),
    },
    outputs: [[node.id, "denoiser"], undefined, [vae, "vae"]],
  };
}

/** Tiles here lose nothing and have no seams, so that only their size is taken. */
function tileOf(node: ComfyNode): { readonly tile: number } {
  return { tile: Math.max(64, Math.round(node.number("tile_size") / 8) * 8) };
}

const encode = (node: ComfyNode, params: Readonly<Record<string, number>> = {}): Built => ({
  nodes: {
    [node.id]: {
      type: "latent/encode",
      params,
      inputs: { image: { input: "pixels" }, vae: { input: "vae" } },
    },
  },
  outputs: [[node.id, "latent"]],
});

const decode = (node: ComfyNode, params: Readonly<Record<string, number>> = {}): Built => ({
  nodes: {
    [node.id]: {
      type: "latent/decode",
      params,
      inputs: { latent: { input: "samples" }, vae: { input: "vae" } },
    },
  },
  outputs: [[node.id, "image"]],
});

function resizeLatent(node: ComfyNode, params: Readonly<Record<string, string | number>>): Built {
  const method = node.text("upscale_method");
  return {
    nodes: {
      [node.id]: {
        type: "latent/resize",
        params: { ...params, filter: filterOf(method) },
        inputs: { latent: { input: "samples" } },
      },
    },
    outputs: [[node.id, "latent"]],
    notes: method === "bislerp" ? ["bislerp has become bicubic."] : [],
  };
}

const encodeInputs = [wire("pixels", "IMAGE"), wire("vae", "VAE")];
const decodeInputs = [wire("samples", "LATENT"), wire("vae", "VAE")];
const tileSize = int("tile_size", { default: 512, min: 64, max: 4096, step: 64 });

/** Classes of models and latents. */
export const modelClasses: Readonly<Record<string, ComfyClass>> = {
  UpscaleModelLoader: {
    title: "Load Upscale Model",
    category: "loaders",
    help: "A model that enlarges pictures.",
    inputs: [combo("model_name", denoisers)],
    outputs: [output("UPSCALE_MODEL")],
    build: (node) => loader(node.id, "model/load-denoiser", node.text("model_name"), "denoiser"),
  },
  ImageUpscaleWithModel: {
    title: "Upscale Image (using Model)",
    category: "image/upscaling",
    help: "Enlarges a picture with the diffusion model, and keeps its colours.",
    inputs: [
      wire("upscale_model", "UPSCALE_MODEL"),
      wire("image", "IMAGE"),
      optional(float("scale", { default: 4, min: 1, max: 16, step: 0.5 })),
      optional(int("steps", { default: 10, min: 1, max: 1000 })),
      optional(int("seed", { default: 0, min: 0, max: Number.MAX_SAFE_INTEGER })),
    ],
    outputs: [output("IMAGE")],
    build: upscale,
  },
  VAELoader: {
    title: "Load VAE",
    category: "loaders",
    help: "The pair of networks between pictures and latents.",
    inputs: [combo("vae_name", vaes)],
    outputs: [output("VAE")],
    build: (node) => loader(node.id, "model/load-vae", node.text("vae_name"), "vae"),
  },
  VAEEncode: {
    title: "VAE Encode",
    category: "latent",
    help: "Turns pictures into latents.",
    inputs: encodeInputs,
    outputs: [output("LATENT")],
    build: (node) => encode(node),
  },
  VAEDecode: {
    title: "VAE Decode",
    category: "latent",
    help: "Turns latents into pictures.",
    inputs: decodeInputs,
    outputs: [output("IMAGE")],
    build: (node) => decode(node),
  },
  VAEEncodeTiled: {
    title: "VAE Encode (Tiled)",
    category: "latent",
    help: "Turns pictures into latents tile by tile, with the same result.",
    inputs: [...encodeInputs, tileSize, tiling.overlap, tiling.size, tiling.share],
    outputs: [output("LATENT")],
    build: (node) => encode(node, tileOf(node)),
  },
  VAEDecodeTiled: {
    title: "VAE Decode (Tiled)",
    category: "latent",
    help: "Turns latents into pictures tile by tile, with the same result.",
    inputs: [...decodeInputs, tileSize, tiling.overlap, tiling.size, tiling.share],
    outputs: [output("IMAGE")],
    build: (node) => decode(node, tileOf(node)),
  },
  LatentUpscale: {
    title: "Upscale Latent",
    category: "latent",
    help: "Resizes a latent to a size in pixels.",
    inputs: [
      wire("samples", "LATENT"),
      combo("upscale_method", methods),
      int("width", side),
      int("height", side),
      combo("crop", ["disabled", "center"]),
    ],
    outputs: [output("LATENT")],
    build: (node) =>
      resizeLatent(node, {
        by: "size",
        width: node.number("width"),
        height: node.number("height"),
        crop: node.text("crop") === "center" ? "centre" : "none",
      }),
  },
  LatentUpscaleBy: {
    title: "Upscale Latent By",
    category: "latent",
    help: "Resizes a latent by a factor.",
    inputs: [
      wire("samples", "LATENT"),
      combo("upscale_method", methods),
      float("scale_by", { default: 1.5, min: 0.01, max: 8, step: 0.01 }),
    ],
    outputs: [output("LATENT")],
    build: (node) => resizeLatent(node, { scale: node.number("scale_by") }),
  },
  CheckpointLoaderSimple: {
    title: "Load Checkpoint",
    category: "loaders",
    help: "A diffusion model and its VAE; its text encoder has no builder yet.",
    inputs: [combo("ckpt_name", denoisers)],
    outputs: [output("MODEL"), output("CLIP"), output("VAE")],
    build: checkpoint,
  },
  CLIPTextEncode: {
    title: "CLIP Text Encode (Prompt)",
    category: "conditioning",
    help: "Not to be run here: text encoders have no builder yet.",
    inputs: [string("text", { multiline: true, default: "" }), wire("clip", "CLIP")],
    outputs: [output("CONDITIONING")],
    instead: withoutText,
  },
  KSampler: {
    title: "KSampler",
    category: "sampling",
    help: "Not to be run here: it is conditioned on text. Use sampling/sample.",
    inputs: [
      wire("model", "MODEL"),
      int("seed", {
        default: 0,
        min: 0,
        max: Number.MAX_SAFE_INTEGER,
        control_after_generate: true,
      }),
      int("steps", { default: 20, min: 1, max: 10000 }),
      float("cfg", { default: 8, min: 0, max: 100, step: 0.1 }),
      combo("sampler_name", ["euler", "ddim", "ddpm"]),
      combo("scheduler", ["normal", "simple", "ddim_uniform"]),
      wire("positive", "CONDITIONING"),
      wire("negative", "CONDITIONING"),
      wire("latent_image", "LATENT"),
      float("denoise", { default: 1, min: 0, max: 1, step: 0.01 }),
    ],
    outputs: [output("LATENT")],
    instead: withoutText,
  },
};
