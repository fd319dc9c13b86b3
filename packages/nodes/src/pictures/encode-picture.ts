import { DiopterError } from "@diopter/engine";
import { srgbToProfile } from "./convert-colour.js";
import { workflowKeyword } from "./embedded-workflow.js";
import { encodePng } from "./encode-png.js";
import { readArithmeticProfile } from "./icc-profile.js";
import { loadSharp } from "./load-sharp.js";
import { pngText } from "./png-text.js";
import { channelCount, type FloatPicture, type QuantiseOptions, quantise } from "./quantise.js";
import { wrapTiff } from "./wrap-tiff.js";
import { workflowToXmp } from "./xmp-workflow.js";

/** Formats that are written. */
export const pictureFormats = ["png", "jpeg", "webp", "tiff"] as const;
export type PictureFormat = (typeof pictureFormats)[number];

export interface EncodeOptions {
  readonly format: PictureFormat;
  /** 16 only for PNG and TIFF. */
  readonly bitDepth: 8 | 16;
  readonly gray: boolean;
  /** JPEG and WebP, 1 to 100. */
  readonly quality: number;
  readonly chroma: "4:4:4" | "4:2:0";
  /** WebP without loss. */
  readonly lossless: boolean;
  /** PNG: 0 nothing, 1 to 6 fast, 7 to 9 what repeats itself too. */
  readonly compression: number;
  /** A profile to convert to and to attach; sRGB without one. */
  readonly icc?: Uint8Array | undefined;
  /** Text to embed. */
  readonly workflow?: string | undefined;
}

export interface EncodedPicture {
  readonly bytes: Buffer;
  readonly notes: readonly string[];
}

const largestSide: Record<PictureFormat, number> = {
  png: 1_000_000,
  jpeg: 65_535,
  webp: 16_383,
  tiff: 1_000_000,
};

/**
 * Encodes a picture. Values are clamped and rounded to the nearest; equal arguments give equal
 * bytes. Beside the floats it needs the encoded file and, unless it is a PNG, the whole numbers.
 * @throws DiopterError `node/invalid-value` where the format cannot hold the picture.
 */
export async function encodePicture(
  picture: FloatPicture,
  options: EncodeOptions,
): Promise<EncodedPicture> {
  requireFit(picture, options);
  const profile = usableProfile(options);
  const quantising: QuantiseOptions = {
    bitDepth: options.bitDepth,
    gray: options.gray,
    alpha: options.format === "jpeg" ? "white" : "keep",
    convert: profile?.convert,
  };
  const { compression, format, workflow } = options;
  if (format === "png") {
    const texts = workflow === undefined ? [] : [pngText(workflowKeyword, workflow)];
    const png = await encodePng(picture, quantising, { compression, icc: profile?.icc, texts });
    return { bytes: png.bytes, notes: describe(picture, options, png.broken, undefined) };
  }
  const { width, height } = picture;
  const channels = channelCount(picture, quantising);
  const { bitDepth } = options;
  const { file, target } = wrapTiff({ width, height, channels, bitDepth, icc: profile?.icc });
  const broken = quantise(picture, target, quantising);
  const xmp = workflow === undefined ? undefined : workflowToXmp(workflow);
  const bytes = await encodeTiff(file, { ...options, format }, xmp);
  return { bytes, notes: describe(picture, options, broken, xmp) };
}

function requireFit({ width, height }: FloatPicture, options: EncodeOptions): void {
  const { format, bitDepth } = options;
  if (bitDepth === 16 && (format === "jpeg" || format === "webp")) {
    throw new DiopterError("node/invalid-value", {
      message: `A ${format} file cannot hold 16 bits per channel.`,
      remedy: "Save as PNG or TIFF, or with 8 bits.",
      port: "bitDepth",
    });
  }
  if (Math.max(width, height) > largestSide[format]) {
    throw new DiopterError("node/invalid-value", {
      message: `A ${format} file holds at most ${largestSide[format]} pixels per side, not ${width} × ${height}.`,
      remedy: "Save as PNG or TIFF.",
      port: "format",
    });
  }
}

function usableProfile({ icc, gray }: EncodeOptions) {
  const profile = icc === undefined ? undefined : readArithmeticProfile(icc);
  if (profile === undefined || profile.space !== (gray ? "gray" : "rgb")) return undefined;
  return { icc, convert: profile.isSrgb ? undefined : srgbToProfile(profile) };
}

interface SharpOptions extends EncodeOptions {
  readonly format: Exclude<PictureFormat, "png">;
}

/** What an uncompressed TIFF file holds, in another format. */
async function encodeTiff(
  file: Buffer,
  options: SharpOptions,
  xmp: string | undefined,
): Promise<Buffer> {
  const deep = options.bitDepth === 16;
  const space = options.gray ? (deep ? "grey16" : "b-w") : deep ? "rgb16" : "srgb";
  const sharp = await loadSharp();
  const input = sharp(file, { ignoreIcc: true, limitInputPixels: false })
    .toColourspace(space)
    .keepIccProfile();
  const pipeline = xmp === undefined ? input : input.withXmp(xmp);
  const { quality, chroma, lossless } = options;
  if (options.format === "jpeg") {
    return pipeline.jpeg({ quality, chromaSubsampling: chroma }).toBuffer();
  }
  if (options.format === "webp") {
    const smartSubsample = chroma === "4:4:4";
    return pipeline.webp({ quality, lossless, smartSubsample, exact: true }).toBuffer();
  }
  return pipeline.tiff({ compression: "lzw", predictor: "horizontal" }).toBuffer();
}

function describe(
  picture: FloatPicture,
  options: EncodeOptions,
  broken: number,
  xmp: string | undefined,
): readonly string[] {
  const { format, workflow } = options;
  return [
    ...(broken > 0 ? [`${broken} values were not finite and were written as 0.`] : []),
    ...(picture.alpha !== undefined && format === "jpeg"
      ? ["JPEG holds no transparency: the picture was blended onto white."]
      : []),
    ...(workflow !== undefined && format !== "png" && xmp === undefined
      ? [`The workflow is too large to be embedded in a ${format} file; PNG would hold it.`]
      : []),
  ];
}
