import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

const young = 10 * 60 * 1000;

/** Bytes by their SHA-256: what has been stored once never changes. */
export class ResultStore {
  readonly #folder: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Does one thing after the other: between bytes that arrive and the job that refers to them
   * nothing may be removed.
   */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  /** Where the bytes lie, if they do. */
  async find(hash: string): Promise<string | undefined> {
    if (!/^[0-9a-f]{64}$/.test(hash)) return undefined;
    const path = this.#pathOf(hash);
    const found = await stat(path).catch(() => undefined);
    return found?.isFile() === true ? path : undefined;
  }

  /** Moves a file of the same disk in, whose hash is known. */
  async take(path: string, hash: string): Promise<void> {
    const target = this.#pathOf(hash);
    await mkdir(dirname(target), { recursive: true });
    await rename(path, target);
  }

  async remove(hash: string): Promise<void> {
    await rm(this.#pathOf(hash), { force: true });
  }

  /**
   * Removes what nothing refers to, such as the results of a job whose server was killed before it
   * could say so; what arrived just now is left alone.
   */
  async sweep(isReferred: (hash: string) => boolean, now = Date.now()): Promise<number> {
    let removed = 0;
    for (const folder of await readdir(this.#folder)) {
      for (const hash of await readdir(join(this.#folder, folder)).catch(() => [])) {
        if (isReferred(hash)) continue;
        const path = join(this.#folder, folder, hash);
        const found = await stat(path).catch(() => undefined);
        if (found === undefined || now - found.ctimeMs < young) continue;
        await rm(path, { force: true });
        removed += 1;
      }
    }
    return removed;
  }

  #pathOf(hash: string): string {
    return join(this.#folder, hash.slice(0, 2), hash);
  }
}
