import { lstatSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { DiopterError } from "../errors/index.js";
import type { RunFolders } from "./run-options.js";

/**
 * The absolute path of a file to read, after links are resolved.
 * @throws DiopterError `file/outside` when it leaves the folders that the run may read.
 */
export function readablePath(folders: RunFolders, path: string): string {
  return contained(path, folders.base, [folders.base, ...folders.readable]);
}

/**
 * The absolute path of a file to write, which need not exist, after links are resolved.
 * @throws DiopterError `file/outside` when it leaves the output folder.
 */
export function writablePath(folders: RunFolders, path: string): string {
  return contained(path, folders.output, [folders.output]);
}

function contained(path: string, base: string, allowed: readonly string[]): string {
  if (path.includes("\0")) throw outside(path);
  const absolute = realPath(resolve(base, path));
  if (allowed.some((folder) => isWithin(realPath(folder), absolute))) return absolute;
  throw outside(path);
}

/** Resolves the links of the part that exists; what does not exist yet can hold no links. */
function realPath(path: string): string {
  const missing: string[] = [];
  let existing = resolve(path);
  for (;;) {
    try {
      return join(realpathSync(existing), ...missing);
    } catch {
      // A link that leads nowhere yet would be followed by whoever writes to it.
      if (lstatSync(existing, { throwIfNoEntry: false })?.isSymbolicLink()) throw outside(path);
      const parent = dirname(existing);
      if (parent === existing) return path;
      missing.unshift(relative(parent, existing));
      existing = parent;
    }
  }
}

function isWithin(folder: string, path: string): boolean {
  const steps = relative(folder, path);
  return steps !== ".." && !steps.startsWith(`..${sep}`) && !isAbsolute(steps);
}

function outside(path: string): DiopterError {
  return new DiopterError("file/outside", {
    message: `The path ${JSON.stringify(path)} leaves the folders that this run may use.`,
    remedy: "Move the file there, or allow its folder.",
  });
}
