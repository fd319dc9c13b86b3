import { readdirSync, statSync } from "node:fs";
import { readablePath } from "@diopter/engine";
import type { Services } from "../services.js";

const pictures = /\.(png|jpe?g|webp|tiff?|gif|avif)$/i;

/** The names of all uploads, sorted. */
export function listPictures({ folders }: Pick<Services, "folders">): readonly string[] {
  return readdirSync(folders.uploads)
    .filter((name) => pictures.test(name) && !name.startsWith("."))
    .sort();
}

/** Tells whether an upload can be read; names that lead outside cannot. */
export function uploadedPictures(services: Pick<Services, "folders">): (name: string) => boolean {
  return (name) => {
    try {
      return statSync(uploadPath(services, name.replace(/ \[input\]$/, ""))).isFile();
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
