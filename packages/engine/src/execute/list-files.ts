import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, posix, sep } from "node:path";
import { DiopterError } from "../errors/index.js";
import type { FileOptions } from "../nodes/index.js";

const extensions: Readonly<Record<FileOptions["content"], RegExp>> = {
  image: /\.(jpe?g|png|webp|tiff?|avif|gif)$/i,
  model: /\.(safetensors|onnx)$/i,
  workflow: /\.json$/i,
  any: /./,
};

/**
 * The files that a parameter with `many` names, as absolute paths sorted by name (numbers by their
 * value): the files of a folder that fit the content (not those of folders within), the files that
 * fit a glob (`*`, `?`, `**`, `{a,b}`), or the one file.
 * @throws DiopterError `file/not-found` when there are none, `file/unreadable`.
 */
export async function listFiles(
  path: string,
  content: FileOptions["content"],
  resolvePath: (path: string) => string,
): Promise<readonly string[]> {
  const files = await filesNamed(path, content, resolvePath);
  if (files.length > 0) return files.toSorted(byName).map((file) => resolvePath(file));
  throw new DiopterError("file/not-found", {
    message: `${JSON.stringify(path)} names no file that fits (${content}).`,
    remedy: "Name a folder with such files, a pattern such as photos/*.jpg, or one file.",
  });
}

const collator = new Intl.Collator("en", { numeric: true });
const byName = (a: string, b: string) => collator.compare(a, b) || (a < b ? -1 : Number(a > b));

async function filesNamed(
  path: string,
  content: FileOptions["content"],
  resolvePath: (path: string) => string,
): Promise<readonly string[]> {
  if (path === "") return [];
  if (/[*?{]/.test(path)) return filesOfGlob(path.replaceAll(sep, "/"), resolvePath);
  const absolute = resolvePath(path);
  const found = await stat(absolute).catch(() => undefined);
  if (found?.isDirectory() !== true) return found === undefined ? [] : [absolute];
  const entries = await entriesOf(absolute, false);
  return entries
    .filter((name) => extensions[content].test(name))
    .map((name) => join(absolute, name));
}

async function filesOfGlob(
  pattern: string,
  resolvePath: (path: string) => string,
): Promise<readonly string[]> {
  const segments = pattern.split("/");
  const first = segments.findIndex((segment) => /[*?{]/.test(segment));
  const folder = resolvePath(segments.slice(0, first).join("/") || (first === 0 ? "." : "/"));
  const rest = segments.slice(first).join("/");
  const names = await entriesOf(folder, rest.includes("/") || rest.includes("**"));
  const expression = globExpression(rest);
  return names.filter((name) => expression.test(name)).map((name) => join(folder, name));
}

/** Names of files relative to a folder, with forward slashes; hidden files are left out. */
async function entriesOf(folder: string, within: boolean): Promise<readonly string[]> {
  let entries: readonly Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true, recursive: within });
  } catch (cause) {
    throw new DiopterError("file/unreadable", {
      message: `The folder "${folder}" cannot be read.`,
      remedy: "Check that it exists and that you may read it.",
      cause,
    });
  }
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.split(sep).join(posix.sep));
}

function globExpression(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[\\^$.|+()[\]{}]/g, (token) => {
    if (token === "**/") return "(?:.*/)?";
    if (token === "**") return ".*";
    if (token === "*") return "[^/]*";
    if (token === "?") return "[^/]";
    if (token.length === 1) return `\\${token}`;
    return `(?:${token.slice(1, -1).split(",").map(escapeLiteral).join("|")})`;
  });
  return new RegExp(`^${source}$`);
}

const escapeLiteral = (text: string) => text.replace(/[\\^$.|+*?()[\]{}]/g, "\\$&");
