import { createHash } from "node:crypto";
import type { Response } from "express";
import { type PictureRequest, previewPicture } from "../library/index.js";

/** Types that a browser shows by itself and that run no code. */
const shown: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  avif: "image/avif",
  tif: "image/tiff",
  tiff: "image/tiff",
  txt: "text/plain",
  csv: "text/plain",
  json: "application/json",
};

/** The media type of a file by its name; anything that could run in a browser is mere bytes. */
export function mediaType(name: string): string {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  return (Object.hasOwn(shown, ending) ? shown[ending] : undefined) ?? "application/octet-stream";
}

export interface FileAnswer {
  /** Absolute, and allowed. */
  readonly path: string;
  readonly type: string;
  readonly picture: PictureRequest;
  readonly maxPixels: number;
  /** The bytes at this address never change. */
  readonly immutable: boolean;
}

/** Answers with a file, or with a smaller copy of the picture that it holds. */
export async function sendFile(response: Response, file: FileAnswer): Promise<undefined> {
  const { picture, immutable } = file;
  const caching = immutable ? "private, max-age=31536000, immutable" : "private, no-cache";
  response.setHeader("Cache-Control", caching);
  if (picture.preview === undefined && picture.size === undefined) {
    response.type(file.type);
    await sent(response, file.path, immutable);
    return undefined;
  }
  const { type, bytes } = await previewPicture(file.path, picture, file.maxPixels);
  response.setHeader("ETag", `"${createHash("sha256").update(bytes).digest("base64url")}"`);
  response.type(type).send(bytes);
  return undefined;
}

function sent(response: Response, path: string, immutable: boolean): Promise<void> {
  const options = { cacheControl: false, dotfiles: "allow" as const, lastModified: !immutable };
  return new Promise((resolve, reject) => {
    response.sendFile(path, options, (error?: Error) => {
      const isGone = error !== undefined && "code" in error && error.code === "ECONNABORTED";
      if (error === undefined || isGone) resolve();
      else reject(error);
    });
  });
}
