import { defineNode, file, float32Tensor, image, integer } from "@diopter/engine";
import { type DecodedPicture, readPicture } from "../pictures/index.js";

/**
 * 8 and 16-bit files are read exactly and turned upright. Pixels become sRGB; the file's colour
 * profile, bit depth, alpha and grayness travel along, so that image/save can return to them.
 */
export const loadImage = defineNode({
  type: "image/load",
  version: 1,
  title: "Load image",
  help: "Reads a picture from a PNG, JPEG, WebP, TIFF, GIF or AVIF file.",
  source: "ICC.1:2022 for colour profiles; EXIF 3.0 for orientation",
  inputs: {},
  params: {
    path: file({ default: "", content: "image", title: "File" }),
    maxMegapixels: integer({
      default: 268,
      min: 1,
      max: 4096,
      unit: "MP",
      help: "Larger pictures are refused before they are decoded",
    }),
  },
  outputs: { image: image() },
  async run(_inputs, { path, maxMegapixels }, context) {
    const picture = await readPicture(context.resolve(path), { maxPixels: maxMegapixels * 1e6 });
    context.signal.throwIfAborted();
    for (const note of picture.notes) context.note(note);
    const value = toImage(picture, path);
    context.preview({ kind: "image", pixels: value.pixels });
    return { image: value };
  },
});

function toImage(picture: DecodedPicture, path: string) {
  const { width, height, alpha, icc, bitDepth, gray } = picture;
  return {
    pixels: float32Tensor([1, 3, height, width], picture.pixels),
    alpha: alpha === undefined ? undefined : float32Tensor([1, 1, height, width], alpha),
    profile: icc === undefined ? undefined : { icc },
    origin: { path, bitDepth, gray },
  };
}
