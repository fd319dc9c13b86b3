import { basename, extname } from "node:path";
import { DiopterError, type ImageOrigin } from "@diopter/engine";
import type { PictureFormat } from "../pictures/index.js";

/** What image/save is asked for; `from-name` takes the format from the path. */
export const saveFormats = ["from-name", "png", "jpeg", "webp", "tiff"] as const;
export type SaveFormat = (typeof saveFormats)[number];

const extensions: Readonly<Record<string, PictureFormat>> = {
  ".png": "png",
  ".jpg": "jpeg",
  ".jpeg": "jpeg",
  ".webp": "webp",
  ".tif": "tiff",
  ".tiff": "tiff",
};

export interface Destination {
  /** One path per picture. */
  readonly paths: readonly string[];
  readonly format: PictureFormat;
}

/**
 * Where pictures go: `{name}` stands for the name of the file that was read, without its ending;
 * several pictures of one batch are numbered; a path without an ending gets the format's.
 * @throws DiopterError `node/invalid-value` when the path names no format that can be written.
 */
export function chooseDestination(
  path: string,
  format: SaveFormat,
  origin: ImageOrigin | undefined,
  count: number,
): Destination {
  const source = origin?.path === undefined ? "image" : basename(origin.path);
  const named = path.replaceAll("{name}", basename(source, extname(source)));
  const extension = extname(named);
  const chosen = format === "from-name" ? formatOf(extension, path) : format;
  const stem = named.slice(0, named.length - extension.length);
  const ending = extension === "" ? `.${chosen === "jpeg" ? "jpg" : chosen}` : extension;
  const digits = Math.max(2, String(count).length);
  const paths = Array.from({ length: count }, (_, index) =>
    count === 1 ? stem + ending : `${stem}-${String(index + 1).padStart(digits, "0")}${ending}`,
  );
  return { paths, format: chosen };
}

function formatOf(extension: string, path: string): PictureFormat {
  if (extension === "") return "png";
  const format = extensions[extension.toLowerCase()];
  if (format !== undefined) return format;
  throw new DiopterError("node/invalid-value", {
    message: `"${path}" does not name a format that can be written.`,
    remedy: "End the name in .png, .jpg, .webp or .tif, or choose a format.",
    port: "path",
  });
}
