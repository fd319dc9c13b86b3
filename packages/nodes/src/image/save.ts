import {
  boolean,
  choice,
  defineNode,
  destination,
  type ImageValue,
  image,
  integer,
  textPort,
} from "@diopter/engine";
import {
  type EncodeOptions,
  encodePicture,
  type FloatPicture,
  type PictureFormat,
  writeFileAtomically,
} from "../pictures/index.js";
import { chooseDestination, saveFormats } from "./destination.js";

const params = {
  path: destination({
    default: "output.png",
    title: "File",
    help: "Its ending chooses the format; {name} is the name of the picture that was read",
  }),
  format: choice({ default: "from-name", options: saveFormats }),
  bitDepth: choice({ default: "as-loaded", options: ["as-loaded", "8", "16"] }),
  quality: integer({ default: 95, min: 1, max: 100, help: "JPEG and WebP" }),
  chroma: choice({ default: "4:4:4", options: ["4:4:4", "4:2:0"], help: "JPEG and WebP" }),
  lossless: boolean({ default: false, help: "WebP without loss" }),
  compression: integer({
    default: 6,
    min: 0,
    max: 9,
    help: "PNG: from 7 on repetitions are searched for, which makes drawings small and takes long",
  }),
  profile: choice({
    default: "as-loaded",
    options: ["as-loaded", "sRGB"],
    help: "The colour profile that the pixels are converted to",
  }),
  embedWorkflow: boolean({ default: true, help: "Keep the workflow inside the picture" }),
  overwrite: boolean({ default: true, help: "Replace a file of the same name" }),
} as const;

/**
 * Values are clamped and rounded to the nearest. Bit depth, gray, alpha and colour profile are
 * those that the picture was loaded with. The file appears under its name only when complete.
 */
export const saveImage = defineNode({
  type: "image/save",
  version: 1,
  title: "Save image",
  help: "Writes a picture as PNG, JPEG, WebP or TIFF, with the workflow that made it inside.",
  source: "PNG 3rd edition 11.3.3.4 and ISO 16684-1 (XMP) for the embedded workflow",
  inputs: { image: image() },
  params,
  outputs: { path: textPort({ help: "The files that were written, one a line" }) },
  sideEffect: true,
  async run({ image: value }, choices, context) {
    const [count = 1] = value.pixels.shape;
    const { paths, format } = chooseDestination(choices.path, choices.format, value.origin, count);
    const pictures = await separatePictures(value);
    const options = encodeOptions(value, choices, format, context.workflowJson);
    for (const [index, path] of paths.entries()) {
      const picture = pictures[index];
      if (picture === undefined) break;
      context.signal.throwIfAborted();
      const target = context.resolveOutput(path);
      const { bytes, notes } = await encodePicture(picture, options);
      for (const note of notes) context.note(note);
      const { overwrite } = choices;
      await writeFileAtomically(target, bytes, { overwrite, signal: context.signal });
      context.progress(index + 1, count, "picture");
    }
    return { path: paths.join("\n") };
  },
});

type Choices = Parameters<typeof saveImage.run>[1];

function encodeOptions(
  value: ImageValue,
  choices: Choices,
  format: PictureFormat,
  workflowJson: string,
): EncodeOptions {
  const { quality, chroma, lossless, compression } = choices;
  const shallow = format === "jpeg" || format === "webp";
  const loaded = value.origin?.bitDepth === 16 && !shallow ? 16 : 8;
  return {
    format,
    bitDepth: choices.bitDepth === "as-loaded" ? loaded : choices.bitDepth === "16" ? 16 : 8,
    gray: value.origin?.gray ?? false,
    quality,
    chroma,
    lossless,
    compression,
    icc: choices.profile === "sRGB" ? undefined : value.profile?.icc,
    workflow: choices.embedWorkflow ? workflowJson : undefined,
  };
}

async function separatePictures(value: ImageValue): Promise<readonly FloatPicture[]> {
  const [count = 1, , height = 1, width = 1] = value.pixels.shape;
  const pixels = await value.pixels.read();
  const alpha = await value.alpha?.read();
  const size = width * height;
  return Array.from({ length: count }, (_, index) => ({
    width,
    height,
    pixels: pixels.subarray(index * 3 * size, (index + 1) * 3 * size),
    alpha: alpha?.subarray(index * size, (index + 1) * size),
  }));
}
