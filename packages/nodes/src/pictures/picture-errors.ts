import { DiopterError, toDiopterError } from "@diopter/engine";

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

/** What a file system error means to a person who named a picture. */
export function fileError(path: string, thrown: unknown): DiopterError {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new DiopterError("file/not-found", {
      message: `There is no file "${path}".`,
      remedy: "Check the path; relative paths begin at the workflow's folder.",
      port: "path",
      cause: thrown,
    });
  }
  const reason = code === "EISDIR" ? "is a folder" : "cannot be read";
  return new DiopterError("file/unreadable", {
    message: `"${path}" ${reason}.`,
    remedy:
      code === "EISDIR" ? "Name a picture inside it." : "Check the file's permissions and size.",
    port: "path",
    cause: thrown,
  });
}

/** A decoder's complaint as a typed error: not a picture at all, or a damaged one. */
export function decodeError(path: string, bytes: Uint8Array, thrown: unknown): DiopterError {
  if (DiopterError.is(thrown)) return thrown;
  if (thrown instanceof Error && thrown.message.includes("exceeds pixel limit")) {
    return toDiopterError(thrown, "image/too-large", "Scale it down, or raise the limit.");
  }
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
