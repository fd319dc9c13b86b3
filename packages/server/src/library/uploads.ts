import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DiopterError, writablePath } from "@diopter/engine";
import { measurePicture } from "./pictures.js";

export interface UploadLimits {
  readonly uploadBytes: number;
  readonly uploadPixels: number;
  /** Of all uploads together. */
  readonly uploadsBytes: number;
}

/** A picture that has arrived. */
export interface Upload {
  /** Relative to the library. */
  readonly path: string;
  /** The file's name in the folder. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** Where a picture is wanted. */
export interface Place {
  /** Within the folder of uploads; empty is that folder itself. */
  readonly subfolder: string;
  /** In place of what has its name. */
  readonly overwrite: boolean;
}

/** A picture in a folder within. */
export interface PlacedUpload extends Upload {
  readonly subfolder: string;
}

/** The folder of pictures that people have sent. */
export class Uploads {
  readonly folder: string;
  readonly #limits: UploadLimits;

  constructor(folder: string, limits: UploadLimits) {
    this.folder = folder;
    this.#limits = limits;
  }

  /**
   * Stores a picture under a name like the one given; the name only ever stands for a whole
   * picture. Where the name is taken, a number is added to it or, with `overwrite`, the file is
   * replaced.
   * @throws DiopterError `request/too-large`, `image/not-an-image`, `image/too-large`,
   * `output/unwritable` where the folder is full.
   */
  async add(source: Readable, givenName: string, overwrite = false): Promise<Upload> {
    await this.#requireSpace();
    const unfinished = join(this.folder, `.${randomUUID()}.part`);
    try {
      const bytes = await this.#receive(source, unfinished);
      const size = await measurePicture(unfinished, this.#limits.uploadPixels);
      const name = await this.#publish(unfinished, safeName(givenName), overwrite);
      return { path: `uploads/${name}`, name, bytes, ...size };
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  /**
   * Moves a picture that was added to a folder within, under a name like the one given, or in place
   * of what has that name. Where that cannot be, it is removed.
   * @throws DiopterError `file/outside` for a folder that is not within.
   */
  async place(upload: Upload, givenName: string, wanted: Place): Promise<PlacedUpload> {
    const from = join(this.folder, upload.name);
    try {
      return await this.#move(upload, from, safeName(givenName), wanted);
    } catch (thrown) {
      await rm(from, { force: true });
      throw thrown;
    }
  }

  async #move(upload: Upload, from: string, name: string, wanted: Place): Promise<PlacedUpload> {
    const subfolder = safeFolder(wanted.subfolder);
    const reach = { base: this.folder, readable: [], output: this.folder };
    const folder = writablePath(reach, subfolder);
    await mkdir(folder, { recursive: true });
    const path = (last: string) => ["uploads", subfolder, last].filter((part) => part).join("/");
    if (wanted.overwrite) {
      await rename(from, join(folder, name));
      return { ...upload, name, subfolder, path: path(name) };
    }
    const free = await publish(from, folder, name);
    await rm(from);
    return { ...upload, name: free, subfolder, path: path(free) };
  }

  async #receive(source: Readable, path: string): Promise<number> {
    const most = this.#limits.uploadBytes;
    let bytes = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        done(bytes > most ? tooLarge(most) : null, chunk);
      },
    });
    await pipeline(source, count, createWriteStream(path, { flags: "wx" }));
    return bytes;
  }

  async #publish(path: string, name: string, overwrite: boolean): Promise<string> {
    if (!overwrite) return publish(path, this.folder, name);
    await rename(path, join(this.folder, name));
    return name;
  }

  async #requireSpace(): Promise<void> {
    const files = await readdir(this.folder, { recursive: true });
    const sizes = await Promise.all(
      files.map((file) => stat(join(this.folder, file)).catch(() => undefined)),
    );
    const taken = sizes.reduce((sum, found) => sum + (found?.size ?? 0), 0);
    if (taken < this.#limits.uploadsBytes) return;
    throw new DiopterError("output/unwritable", {
      message: "The uploads take all the space that the server gives them.",
      remedy: "Remove some from library/uploads, or raise uploadsBytes.",
    });
  }
}

function tooLarge(most: number): DiopterError {
  return new DiopterError("request/too-large", {
    message: "The file is larger than the server takes.",
    remedy: `Send at most ${most} bytes.`,
  });
}

const pictureEndings = new Set([
  ".png",
  ".jpg",
  ".jpeg",
  ".webp",
  ".tif",
  ".tiff",
  ".gif",
  ".avif",
]);

/** A plain name with a picture's ending. */
function safeName(given: string): string {
  const last = basename(given.replaceAll("\\", "/").normalize("NFC"));
  const ending = extname(last).toLowerCase();
  const stem = last
    .slice(0, last.length - ending.length)
    .replaceAll(/[^\p{L}\p{N} _.()-]+/gu, "-")
    .replace(/^[.\s-]+/, "")
    .slice(0, 100)
    .trimEnd();
  return `${stem === "" ? "picture" : stem}${pictureEndings.has(ending) ? ending : ".png"}`;
}

const mostFolders = 8;

/** Plain names with slashes between. */
function safeFolder(given: string): string {
  const parts = given.normalize("NFC").split(/[\\/]/);
  const isOutside = parts.includes("..") || given.startsWith("/") || given.includes("\0");
  if (isOutside || parts.length > mostFolders) {
    throw new DiopterError("file/outside", {
      message: "The folder does not lie among the uploads.",
      remedy: "Name a folder by letters and digits, or none.",
    });
  }
  return parts
    .map((part) =>
      part
        .replaceAll(/[^\p{L}\p{N} _()-]+/gu, "-")
        .trim()
        .slice(0, 100),
    )
    .filter((part) => part !== "")
    .join("/");
}

/** Links the file under the first name that is free: linking fails where one is taken. */
async function publish(path: string, folder: string, name: string): Promise<string> {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${stem}-${count}${ending}`;
    try {
      await link(path, join(folder, candidate));
      return candidate;
    } catch (thrown) {
      const isTaken = thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST";
      if (!isTaken || count >= 10_000) throw thrown;
    }
  }
}
