import { readdirSync, statSync } from "node:fs";
import { sep } from "node:path";
import { readablePath } from "@diopter/engine";
import { pictureName } from "../comfyui-workflows/index.js";
import type { Services } from "../services.js";

const pictures = /\.(png|jpe?g|webp|tiff?|gif|avif)$/i;

/** The names of all uploads, sorted; those in folders with their folders. */
export function listPictures({ folders }: Pick<Services, "folders">): readonly string[] {
  return readdirSync(folders.uploads, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(sep).join("/"))
    .filter((name) => pictures.test(name) && !/(^|\/)\./.test(name))
    .sort();
}

/** Tells whether an upload can be read; names that lead outside cannot. */
export function uploadedPictures(services: Pick<Services, "folders">): (name: string) => boolean {
  return (name) => {
    try {
      return statSync(uploadPath(services, pictureName(name))).isFile();
    } catch {
      return false;
    }
  };
}

/**
 * The path of an upload.
 * @throws DiopterError `file/outside` for a name that leads out of the folder.
 */
export function uploadPath({ folders }: Pick<Services, "folders">, name: string): string {
  const reach = { base: folders.uploads, readable: [], output: folders.uploads };
  return readablePath(reach, name);
}
