import { stat } from "node:fs/promises";
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** Where the result of each picture goes. */
export interface DestinationRequest {
  /** Absolute paths of the pictures. */
  readonly pictures: readonly string[];
  /** A folder or a pattern was given: results go into a folder, even of one picture. */
  readonly many: boolean;
  /** What `--output` said, if anything. */
  readonly output: string | undefined;
  /** The workflow's own destination: its name is kept for one picture, its ending for many. */
  readonly preset: string;
  readonly directory: string;
}

/**
 * An absolute path for the result of each picture, none twice and none equal to a picture. Many
 * pictures keep their names, and the folders below the one that they share.
 */
export async function destinations(request: DestinationRequest): Promise<readonly string[]> {
  const { pictures, many, output, preset, directory } = request;
  const ending = extname(preset) || ".png";
  if (!many && output === undefined) return [resolve(directory, preset)];
  const target = resolve(directory, output ?? "output");
  if (!many && !(await isFolder(target, output))) return [target];
  const shared = commonFolder(pictures.map((picture) => dirname(picture)));
  const taken = new Set(pictures);
  return pictures.map((picture) => {
    const name = basename(picture, extname(picture));
    const folder = join(target, relative(shared, dirname(picture)));
    const path = firstFree(join(folder, name), ending, taken);
    taken.add(path);
    return path;
  });
}

/** The deepest folder that contains all of these folders. */
export function commonFolder(folders: readonly string[]): string {
  const [first = sep, ...rest] = folders;
  return rest.reduce((shared, folder) => {
    let candidate = shared;
    while (!isWithin(folder, candidate)) candidate = dirname(candidate);
    return candidate;
  }, first);
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function firstFree(stem: string, ending: string, taken: ReadonlySet<string>): string {
  let path = stem + ending;
  for (let count = 2; taken.has(path); count += 1) path = `${stem}-${count}${ending}`;
  return path;
}

async function isFolder(path: string, written: string | undefined): Promise<boolean> {
  if (written?.endsWith("/") || written?.endsWith(sep)) return true;
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}
