import { mkdir, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { toDiopterError } from "@diopter/engine";

/** The data folder and what lies in it; absolute, links resolved. */
export interface DataFolders {
  readonly root: string;
  /** Queue, events and history. */
  readonly database: string;
  /** Saved workflows and uploads. */
  readonly library: string;
  readonly uploads: string;
  /** Bytes by their SHA-256. */
  readonly results: string;
  /** Sampling states to go on from. */
  readonly states: string;
  /** Results of nodes. */
  readonly cache: string;
  /** What running jobs write. */
  readonly work: string;
}

/** Where data lies unless it is told otherwise (XDG base directories). */
export function defaultDataFolder(
  environment: Readonly<Record<string, string | undefined>>,
): string {
  return join(environment.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "diopter");
}

/**
 * Makes the data folder, for this user alone, and the folders in it.
 * @throws DiopterError `output/unwritable`.
 */
export async function openDataFolders(path: string): Promise<DataFolders> {
  try {
    await mkdir(resolve(path), { recursive: true, mode: 0o700 });
    const root = await realpath(resolve(path));
    const folders = {
      root,
      database: join(root, "queue.sqlite"),
      library: join(root, "library"),
      uploads: join(root, "library", "uploads"),
      results: join(root, "results"),
      states: join(root, "states"),
      cache: join(root, "cache"),
      work: join(root, "work"),
    };
    for (const [name, folder] of Object.entries(folders)) {
      if (name !== "database") await mkdir(folder, { recursive: true });
    }
    return folders;
  } catch (thrown) {
    throw toDiopterError(thrown, "output/unwritable", "Name another folder with --data.");
  }
}
