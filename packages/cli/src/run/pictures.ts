import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { DiopterError } from "@diopter/engine";
import { glob, isDynamicPattern } from "tinyglobby";

const pictureEndings = "{png,jpg,jpeg,webp,tif,tiff,avif,gif}";

/** The pictures that `--image` names. `many` is true for a folder or a pattern, even of one. */
export interface PictureSelection {
  /** Absolute paths in natural order. */
  readonly paths: readonly string[];
  readonly many: boolean;
}

/**
 * Expands a file, a folder (its pictures, not those of folders within) or a glob pattern.
 * @throws DiopterError `file/not-found` when nothing is there.
 */
export async function selectPictures(value: string, directory: string): Promise<PictureSelection> {
  const path = resolve(directory, value);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return { paths: [path], many: false };
  if (found?.isDirectory()) return expand(`*.${pictureEndings}`, path, value);
  if (isDynamicPattern(value)) return expand(value, directory, value);
  throw notFound(value, "Check the path; a folder or a pattern in quotes is allowed too.");
}

async function expand(pattern: string, cwd: string, value: string): Promise<PictureSelection> {
  const paths = await glob(pattern, {
    cwd,
    absolute: true,
    onlyFiles: true,
    caseSensitiveMatch: false,
  });
  if (paths.length === 0) throw notFound(value, `No picture matches ${pattern}.`);
  const order = new Intl.Collator("en", { numeric: true }).compare;
  return { paths: paths.sort(order), many: true };
}

function notFound(value: string, remedy: string): DiopterError {
  return new DiopterError("file/not-found", {
    message: `There is no picture at "${value}".`,
    remedy,
    port: "--image",
  });
}
