import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import type { RunReport } from "@diopter/engine";
import { mediaType } from "../http/send-file.js";
import type { WrittenResult } from "./messages.js";
import { addPngTexts } from "./png-texts.js";

/**
 * Every file in an attempt's folder with its hash and size, and the node that says it wrote it:
 * nodes that save give their paths as the text output `path`, one a line.
 * @param texts what PNG files shall carry besides what they do.
 */
export async function describeResults(
  folder: string,
  report: RunReport,
  texts: Readonly<Record<string, string>> = {},
): Promise<readonly WrittenResult[]> {
  const writers = writersOf(report);
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const results: WrittenResult[] = [];
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith(".part")) continue;
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/");
    if (path.endsWith(".png") && Object.keys(texts).length > 0) {
      await addPngTexts(join(folder, path), texts);
    }
    results.push(await describe(folder, path, writers.get(path) ?? ""));
  }
  return results.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function writersOf(report: RunReport): ReadonlyMap<string, string> {
  const writers = new Map<string, string>();
  for (const [node, items] of Object.entries(report.values)) {
    for (const { outputs } of items) {
      if (typeof outputs.path !== "string") continue;
      for (const path of outputs.path.split("\n")) writers.set(plain(path), node);
    }
  }
  return writers;
}

const plain = (path: string) => path.replaceAll("\\", "/").replace(/^(\.\/)+/, "");

async function describe(folder: string, path: string, node: string): Promise<WrittenResult> {
  const absolute = join(folder, path);
  const hash = createHash("sha256");
  await pipeline(createReadStream(absolute), hash);
  const type = mediaType(path);
  const about = { node, name: path, path, type, bytes: (await stat(absolute)).size };
  const size = type.startsWith("image/") ? await sizeOf(absolute) : {};
  return { ...about, ...size, hash: hash.digest("hex") };
}

async function sizeOf(path: string) {
  const sharp = (await import("sharp")).default;
  const header = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  return header === undefined ? {} : { width: header.width, height: header.height };
}
