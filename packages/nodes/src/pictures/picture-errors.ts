import { DiopterError } from "@diopter/engine";

const signatures = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8],
  [0x52, 0x49, 0x46, 0x46],
  [0x49, 0x49, 0x2a, 0x00],
  [0x4d, 0x4d, 0x00, 0x2a],
  [0x47, 0x49, 0x46, 0x38],
];

/** Whether a file begins as one of the formats that are read. */
function beginsLikePicture(bytes: Uint8Array): boolean {
  return signatures.some((signature) => signature.every((byte, index) => bytes[index] === byte));
}

/** A decoder's complaint as a typed error: not a picture at all, or a damaged one. */
export function decodeError(path: string, bytes: Uint8Array, thrown: unknown): DiopterError {
  if (DiopterError.is(thrown)) return thrown;
  if (bytes.length > 0 && !beginsLikePicture(bytes)) {
    return new DiopterError("image/not-an-image", {
      message: `"${path}" is not a picture of a known format.`,
      remedy: "Give a PNG, JPEG, WebP, TIFF, GIF or AVIF file.",
      port: "path",
      cause: thrown,
    });
  }
  return new DiopterError("image/truncated", {
    message:
      bytes.length === 0 ? `"${path}" is empty.` : `"${path}" is damaged or ends before its time.`,
    remedy: "Copy, download or export it again.",
    port: "path",
    cause: thrown,
  });
}

/** The error for a picture of more pixels than the run allows. */
export function tooLarge(
  path: string,
  width: number,
  height: number,
  maxPixels: number,
): DiopterError {
  const megapixels = Math.round((width * height) / 1e6);
  return new DiopterError("image/too-large", {
    message:
      `"${path}" has ${width} × ${height} pixels (${megapixels} megapixels); ` +
      `the limit is ${Math.round(maxPixels / 1e6)}.`,
    remedy: "Scale or crop it, or raise the node's limit of megapixels.",
    port: "path",
  });
}
