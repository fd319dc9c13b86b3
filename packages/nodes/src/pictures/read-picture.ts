import type { Metadata } from "sharp";
import { type ColourConversion, profileToSrgb } from "./convert-colour.js";
import { readArithmeticProfile } from "./icc-profile.js";
import { loadSharp } from "./load-sharp.js";
import { decodeError, tooLarge } from "./picture-errors.js";
import { readPictureFile } from "./read-file.js";

/** A picture as floats, with what is needed to write it back as it was. */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  /** Planar RGB, 3 × height × width, sRGB-encoded, 0..1. */
  readonly pixels: Float32Array;
  /** height × width, 0 transparent to 1 opaque; absent where the file is opaque throughout. */
  readonly alpha?: Float32Array;
  readonly bitDepth: 8 | 16;
  readonly gray: boolean;
  /** The file's profile, where pixels can be brought back to it. */
  readonly icc?: Uint8Array;
  /** What a person should know, such as that only the first of several frames was read. */
  readonly notes: readonly string[];
}

export interface ReadPictureOptions {
  readonly maxPixels: number;
}

interface Raw {
  readonly data: Uint8Array | Uint16Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/**
 * Reads a picture: 8 and 16-bit values exactly, upright (EXIF orientation applied), converted to
 * sRGB where its profile says otherwise. The size is checked before anything is decoded.
 * @throws DiopterError `file/not-found`, `file/unreadable`, `image/not-an-image`,
 * `image/truncated`, `image/too-large`.
 */
export async function readPicture(
  path: string,
  options: ReadPictureOptions,
): Promise<DecodedPicture> {
  const bytes = await readPictureFile(path);
  try {
    return await decode(path, bytes, options);
  } catch (thrown) {
    throw decodeError(path, bytes, thrown);
  }
}

async function decode(
  path: string,
  bytes: Buffer,
  { maxPixels }: ReadPictureOptions,
): Promise<DecodedPicture> {
  const sharp = await loadSharp();
  const header = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (header.width * header.height > maxPixels) {
    throw tooLarge(path, header.width, header.height, maxPixels);
  }
  const gray = header.channels - (header.hasAlpha ? 1 : 0) === 1;
  const profile = usableProfile(header, gray);
  const converted = profile === undefined && (header.icc !== undefined || header.space === "cmyk");
  const bitDepth = header.depth === "uchar" || header.space === "cmyk" ? 8 : 16;
  const raw = await readRaw(bytes, rawSpace(header, gray, bitDepth), bitDepth, !converted);
  const picture = { ...separate(raw, bitDepth, gray, profile?.convert), bitDepth, gray } as const;
  const notes = describe(header, converted);
  return profile === undefined
    ? { ...picture, notes }
    : { ...picture, icc: new Uint8Array(profile.icc), notes };
}

function usableProfile(
  header: Metadata,
  gray: boolean,
): { readonly icc: Uint8Array; readonly convert: ColourConversion | undefined } | undefined {
  if (header.icc === undefined) return undefined;
  const profile = readArithmeticProfile(header.icc);
  if (profile === undefined || profile.space !== (gray ? "gray" : "rgb")) return undefined;
  return { icc: header.icc, convert: profile.isSrgb ? undefined : profileToSrgb(profile) };
}

function describe(header: Metadata, converted: boolean): readonly string[] {
  const pages = header.pages ?? 1;
  return [
    ...(pages > 1 ? [`The file holds ${pages} frames or pages; the first was read.`] : []),
    ...(header.space === "cmyk" ? ["The picture was converted from CMYK to sRGB."] : []),
    ...(converted && header.space !== "cmyk"
      ? ["The picture's colour profile was converted to sRGB and is not kept."]
      : []),
    ...(header.depth === "uchar" || header.depth === "ushort"
      ? []
      : [`Values of type ${header.depth} were read at 16 bits.`]),
  ];
}

/** 8-bit gray with alpha is read as RGB: the decoder gives raw 8-bit gray without its alpha. */
function rawSpace(header: Metadata, gray: boolean, bitDepth: 8 | 16): string {
  if (bitDepth === 16) return gray ? "grey16" : "rgb16";
  return gray && !header.hasAlpha ? "b-w" : "srgb";
}

/** The decoder's interleaved values; a profile is left alone where this project converts it. */
async function readRaw(
  bytes: Buffer,
  space: string,
  bitDepth: 8 | 16,
  ignoreIcc: boolean,
): Promise<Raw> {
  const deep = bitDepth === 16;
  const sharp = await loadSharp();
  const { data, info } = await sharp(bytes, {
    failOn: "truncated",
    limitInputPixels: false,
    ignoreIcc,
  })
    .autoOrient()
    .toColourspace(space)
    .raw({ depth: deep ? "ushort" : "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { data: deep ? asUint16(data) : data, width, height, channels };
}

/** Views the bytes as 16-bit values; copies only where they do not lie on an even address. */
function asUint16(bytes: Buffer): Uint16Array {
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, bytes.length / 2);
}

/** Interleaved whole numbers to planar floats, alpha apart, gray three times. */
function separate(
  { data, width, height, channels }: Raw,
  bitDepth: 8 | 16,
  gray: boolean,
  convert: ColourConversion | undefined,
): Pick<DecodedPicture, "width" | "height" | "pixels" | "alpha"> {
  const size = width * height;
  const colours = gray ? 1 : 3;
  const pixels = new Float32Array(3 * size);
  const planes = [0, 1, 2].map((plane) => pixels.subarray(plane * size, (plane + 1) * size));
  const filled = planes.slice(0, colours);
  filled.forEach((plane, channel) => {
    fillPlane(plane, data, channel, channels, bitDepth);
  });
  convert?.(filled);
  if (colours === 1) for (const plane of planes.slice(1)) plane.set(pixels.subarray(0, size));
  if (channels % 2 === 1) return { width, height, pixels };
  const alpha = new Float32Array(size);
  fillPlane(alpha, data, channels - 1, channels, bitDepth);
  return alpha.every((value) => value === 1)
    ? { width, height, pixels }
    : { width, height, pixels, alpha };
}

function fillPlane(
  plane: Float32Array,
  data: Uint8Array | Uint16Array,
  channel: number,
  channels: number,
  bitDepth: 8 | 16,
): void {
  const largest = bitDepth === 16 ? 65535 : 255;
  for (let place = 0, source = channel; place < plane.length; place += 1, source += channels) {
    plane[place] = (data[source] ?? 0) / largest;
  }
}
