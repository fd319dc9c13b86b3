import { homedir, tmpdir } from "node:os";
import { sep } from "node:path";

/** Takes local paths out of a text for people far away. */
export type Redact = (text: string) => string;

/**
 * Cuts these folders, the home folder and the one for temporary files off the paths in a text:
 * what lies in them is named from there.
 */
export function redactor(folders: readonly string[]): Redact {
  const known = [...new Set([...folders, homedir(), tmpdir(), process.cwd()])]
    .filter((folder) => folder.length > 1)
    .sort((a, b) => b.length - a.length);
  return (text) =>
    known.reduce((told, folder) => told.replaceAll(folder + sep, "").replaceAll(folder, "."), text);
}
