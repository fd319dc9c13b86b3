import { combo, float, int, output, string, wire } from "./class-inputs.js";
import type {
  Built,
  BuiltNode,
  BuiltWire,
  ComfyClass,
  ComfyNode,
  ComfyPlace,
} from "./comfy-class.js";
import { pictureName } from "./comfy-class.js";

const side = { default: 512, min: 0, max: 16384, step: 1 };
const scaleMethods = ["nearest-exact", "bilinear", "area", "bicubic", "lanczos"] as const;
const crops = ["disabled", "center"] as const;
const pictureUpload = { image_upload: true };

/** The names of filters here. */
export function filterOf(method: string): string {
  if (method === "nearest-exact") return "nearest";
  return method === "bislerp" ? "bicubic" : method;
}

const one = (id: string, node: BuiltNode, name = "image"): Built => ({
  nodes: { [id]: node },
  outputs: [[id, name]],
});

function picturePath(name: string, { pictures }: ComfyPlace): string {
  return `${pictures}${pictureName(name)}`;
}

/** ComfyUI counts the files of a prefix; every run writes into a folder of its own here. */
function savedPath(prefix: string): string {
  const plain = prefix
    .replaceAll("\\", "/")
    .replace(/^\/+/, "")
    .replaceAll(/%[^%]*%/g, "-");
  return `${plain === "" ? "ComfyUI" : plain}_00001_.png`;
}

function loadImage(node: ComfyNode, place: ComfyPlace): Built {
  const path = picturePath(node.text("image"), place);
  const mask = `${node.id}/mask`;
  const nodes: Record<string, BuiltNode> = { [node.id]: { type: "image/load", params: { path } } };
  // ComfyUI's masks are 1 where the picture is transparent.
  if (node.isUsed(1)) {
    nodes[mask] = { type: "image/load-mask", params: { path, channel: "alpha", invert: true } };
  }
  return { nodes, outputs: [[node.id, "image"], node.isUsed(1) ? [mask, "map"] : undefined] };
}

function loadMask(node: ComfyNode, place: ComfyPlace): Built {
  const channel = node.text("channel");
  const path = picturePath(node.text("image"), place);
  const params = { path, channel, invert: channel === "alpha" };
  return one(node.id, { type: "image/load-mask", params }, "map");
}

function scaleImage(node: ComfyNode): Built {
  const [width, height] = [node.number("width"), node.number("height")];
  if (width === 0 && height === 0) return { nodes: {}, outputs: [{ input: "image" }] };
  const filter = filterOf(node.text("upscale_method"));
  const isCut = node.text("crop") === "center" && width > 0 && height > 0;
  const source: BuiltWire = isCut ? [`${node.id}/crop`, "image"] : { input: "image" };
  const scaled: BuiltNode = {
    type: "image/resize",
    params: { by: "size", width, height, filter },
    inputs: { image: source },
  };
  if (!isCut) return one(node.id, scaled);
  const cut: BuiltNode = {
    type: "image/crop-to-ratio",
    params: { width, height },
    inputs: { image: { input: "image" } },
  };
  return { nodes: { [`${node.id}/crop`]: cut, [node.id]: scaled }, outputs: [[node.id, "image"]] };
}

/** Classes that read, write and change pictures. */
export const pictureClasses: Readonly<Record<string, ComfyClass>> = {
  LoadImage: {
    title: "Load Image",
    category: "image",
    help: "A picture that was uploaded.",
    inputs: [combo("image", [], pictureUpload)],
    outputs: [output("IMAGE"), output("MASK")],
    build: loadImage,
  },
  LoadImageMask: {
    title: "Load Image (as Mask)",
    category: "mask",
    help: "One channel of a picture that was uploaded.",
    inputs: [
      combo("image", [], pictureUpload),
      combo("channel", ["alpha", "red", "green", "blue"]),
    ],
    outputs: [output("MASK")],
    build: loadMask,
  },
  SaveImage: {
    title: "Save Image",
    category: "image",
    help: "Writes pictures as PNG, with the workflow inside.",
    isOutput: true,
    inputs: [wire("images", "IMAGE"), string("filename_prefix", { default: "ComfyUI" })],
    outputs: [],
    build: (node) => ({
      nodes: {
        [node.id]: {
          type: "image/save",
          params: { path: savedPath(node.text("filename_prefix")) },
          inputs: { image: { input: "images" } },
        },
      },
      outputs: [],
    }),
  },
  PreviewImage: {
    title: "Preview Image",
    category: "image",
    help: "Shows pictures.",
    isOutput: true,
    inputs: [wire("images", "IMAGE")],
    outputs: [],
    build: (node) => ({
      nodes: {
        [node.id]: {
          type: "image/save",
          params: { path: `temp/${node.id.replaceAll(/[^\w-]/g, "-")}_00001_.png` },
          inputs: { image: { input: "images" } },
        },
      },
      outputs: [],
    }),
  },
  ImageScale: {
    title: "Upscale Image",
    category: "image/upscaling",
    help: "Resizes to a size.",
    inputs: [
      wire("image", "IMAGE"),
      combo("upscale_method", scaleMethods),
      int("width", side),
      int("height", side),
      combo("crop", crops),
    ],
    outputs: [output("IMAGE")],
    build: scaleImage,
  },
  ImageScaleBy: {
    title: "Upscale Image By",
    category: "image/upscaling",
    help: "Resizes by a factor.",
    inputs: [
      wire("image", "IMAGE"),
      combo("upscale_method", scaleMethods),
      float("scale_by", { default: 1, min: 0.01, max: 8, step: 0.01 }),
    ],
    outputs: [output("IMAGE")],
    build: (node) =>
      one(node.id, {
        type: "image/resize",
        params: { scale: node.number("scale_by"), filter: filterOf(node.text("upscale_method")) },
        inputs: { image: { input: "image" } },
      }),
  },
  ImageCrop: {
    title: "Image Crop",
    category: "image/transform",
    help: "Cuts a rectangle out.",
    inputs: [
      wire("image", "IMAGE"),
      int("width", { ...side, min: 1 }),
      int("height", { ...side, min: 1 }),
      int("x", { ...side, default: 0 }),
      int("y", { ...side, default: 0 }),
    ],
    outputs: [output("IMAGE")],
    build: (node) =>
      one(node.id, {
        type: "image/crop",
        params: {
          x: node.number("x"),
          y: node.number("y"),
          width: node.number("width"),
          height: node.number("height"),
        },
        inputs: { image: { input: "image" } },
      }),
  },
  ImageBatch: {
    title: "Batch Images",
    category: "image",
    help: "Puts pictures into one batch.",
    inputs: [wire("image1", "IMAGE"), wire("image2", "IMAGE")],
    outputs: [output("IMAGE")],
    build: (node) =>
      one(node.id, {
        type: "image/batch",
        inputs: { first: { input: "image1" }, second: { input: "image2" } },
      }),
  },
  ImageInvert: {
    title: "Invert Image",
    category: "image",
    help: "Turns light into dark.",
    inputs: [wire("image", "IMAGE")],
    outputs: [output("IMAGE")],
    build: (node) => one(node.id, { type: "image/invert", inputs: { image: { input: "image" } } }),
  },
  ImageBlend: {
    title: "Image Blend",
    category: "image/postprocessing",
    help: "Lays a picture over another.",
    inputs: [
      wire("image1", "IMAGE"),
      wire("image2", "IMAGE"),
      float("blend_factor", { default: 0.5, min: 0, max: 1, step: 0.01 }),
      combo("blend_mode", ["normal", "multiply", "screen", "overlay", "soft_light", "difference"]),
    ],
    outputs: [output("IMAGE")],
    build: (node) =>
      one(node.id, {
        type: "image/blend",
        params: {
          amount: node.number("blend_factor"),
          mode: node.text("blend_mode").replace("_", "-"),
        },
        inputs: { first: { input: "image1" }, second: { input: "image2" } },
      }),
  },
};
