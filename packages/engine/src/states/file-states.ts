import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toDiopterError } from "../errors/index.js";
import type { NodeState, RunStates } from "./node-state.js";
import { readState, writeState } from "./state-file.js";

export interface FileStatesOptions {
  /** Made if it does not exist. */
  readonly folder: string;
  /** What the files may take in all: the oldest go when it is opened. */
  readonly maxBytes: number;
  /** Between two saves of one execution. */
  readonly seconds: number;
}

/**
 * States as safetensors files. A file appears under its name only when it is complete, and is
 * verified when it is read.
 */
export class FileStates implements RunStates {
  readonly #options: FileStatesOptions;
  /** Files that were saved or loaded since the last call of `forget`. */
  readonly #used = new Set<string>();

  private constructor(options: FileStatesOptions) {
    this.#options = options;
  }

  /** @throws DiopterError `output/unwritable` when the folder cannot be made or listed. */
  static async open(options: FileStatesOptions): Promise<FileStates> {
    try {
      await mkdir(options.folder, { recursive: true });
      await removeOldest(options);
      return new FileStates(options);
    } catch (thrown) {
      const remedy = `Choose another folder for states than "${options.folder}".`;
      throw toDiopterError(thrown, "output/unwritable", remedy);
    }
  }

  of(key: string): NodeState {
    const { folder, seconds } = this.#options;
    let savedAt = performance.now();
    const pathOf = (name: string) => {
      const digest = createHash("sha256")
        .update(JSON.stringify([key, name]))
        .digest("hex");
      const path = join(folder, `${digest}.safetensors`);
      this.#used.add(path);
      return path;
    };
    return {
      get isDue() {
        return performance.now() - savedAt >= seconds * 1000;
      },
      async load(name) {
        const bytes = await readFile(pathOf(name)).catch(() => undefined);
        return bytes === undefined ? undefined : readState(key, bytes);
      },
      async save(name, state) {
        savedAt = performance.now();
        const path = pathOf(name);
        const unfinished = `${path}.${process.pid}.tmp`;
        try {
          await writeFile(unfinished, await writeState(key, state));
          await rename(unfinished, path);
        } catch {
          await rm(unfinished, { force: true }).catch(() => {});
        }
      },
    };
  }

  /** Removes what was saved or loaded since the last call: the runs that did so have their results. */
  async forget(): Promise<void> {
    const paths = [...this.#used];
    this.#used.clear();
    for (const path of paths) await rm(path, { force: true });
  }

  /** The runs that saved or loaded have not come to their end: what they left stays. */
  keep(): void {
    this.#used.clear();
  }
}

async function removeOldest({ folder, maxBytes }: FileStatesOptions): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      return { path, bytes: found?.size ?? 0, at: found?.mtimeMs ?? 0 };
    }),
  );
  files.sort((a, b) => b.at - a.at);
  let bytes = 0;
  for (const file of files) {
    bytes += file.bytes;
    if (bytes > maxBytes || file.path.endsWith(".tmp")) await rm(file.path, { force: true });
  }
}
