import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DiopterError } from "@diopter/engine";
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

  /** Gives a picture that was added the name that was wanted, in place of what has it. */
  async replace(upload: Upload, givenName: string): Promise<Upload> {
    const name = safeName(givenName);
    await rename(join(this.folder, upload.name), join(this.folder, name));
    return { ...upload, name, path: `uploads/${name}` };
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
    const files = await readdir(this.folder);
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
