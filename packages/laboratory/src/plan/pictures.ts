import { readdir } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { DiopterError } from "@diopter/engine";
import type { OpenedPlan } from "./read-plan.js";

/** A sharp picture to be made poor and enlarged again. */
export interface SharpPicture {
  /** The name of the folder in the plan. */
  readonly set: string;
  readonly name: string;
  readonly path: string;
}

export interface PictureChoice {
  readonly pictures: readonly SharpPicture[];
  /** Sentences about folders of the plan that are not there. */
  readonly notes: readonly string[];
}

const endings = new Set([".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"]);

/**
 * The pictures of a plan, in natural order of their names. A folder that is not there is left out
 * and told; with `folder`, its pictures take the place of all of the plan's.
 * @param limit at most so many pictures, taken from the folders in turns.
 * @throws DiopterError `file/not-found` when there is no picture at all.
 */
export async function choosePictures(
  { plan, folder: base }: OpenedPlan,
  options: { readonly folder?: string | undefined; readonly limit?: number | undefined },
): Promise<PictureChoice> {
  const wanted =
    options.folder === undefined
      ? plan.pictures.map(({ name, folder }) => ({ name, folder, path: resolve(base, folder) }))
      : [{ name: basename(options.folder), folder: options.folder, path: options.folder }];
  const found = await Promise.all(wanted.map(({ name, path }) => picturesOf(name, path)));
  const absent = wanted.filter((_, index) => found[index]?.length === 0);
  const notes = absent.map(
    ({ name, folder }) => `There are no pictures of ${name} at "${folder}".`,
  );
  const pictures = inTurns(found).slice(0, options.limit ?? Number.POSITIVE_INFINITY);
  if (pictures.length > 0) return { pictures, notes };
  throw new DiopterError("file/not-found", {
    message: `${notes.join(" ")} Evaluation sets are not part of the project.`,
    remedy: "Name a folder of sharp pictures with --pictures, such as --pictures examples.",
  });
}

async function picturesOf(set: string, folder: string): Promise<readonly SharpPicture[]> {
  const files = await readdir(folder).catch(() => []);
  return files
    .filter((file) => endings.has(extname(file).toLowerCase()))
    .sort(new Intl.Collator("en", { numeric: true }).compare)
    .map((file) => ({ set, name: basename(file, extname(file)), path: join(folder, file) }));
}

function inTurns<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1)),
  ).flat();
}
