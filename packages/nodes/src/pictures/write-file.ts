import { randomUUID } from "node:crypto";
import { link, mkdir, open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DiopterError } from "@diopter/engine";

export interface WriteOptions {
  readonly overwrite: boolean;
  readonly signal: AbortSignal;
}

/**
 * Writes a file so that its name only ever stands for a complete one: into a temporary file in the
 * same folder, then renamed; removed when anything fails or the run is cancelled. Makes folders.
 * @throws DiopterError `output/unwritable`, `output/exists`; `signal`'s reason when aborted.
 */
export async function writeFileAtomically(
  path: string,
  bytes: Uint8Array,
  { overwrite, signal }: WriteOptions,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.part`);
  try {
    signal.throwIfAborted();
    await mkdir(dirname(path), { recursive: true });
    await writeThrough(temporary, bytes, signal);
    signal.throwIfAborted();
    await publish(temporary, path, overwrite);
  } catch (thrown) {
    await unlink(temporary).catch(() => {});
    if (signal.aborted || DiopterError.is(thrown)) throw thrown;
    throw unwritable(path, thrown);
  }
}

async function writeThrough(path: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(bytes, { signal });
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A link fails where the name is taken, which a rename would silently replace. */
async function publish(temporary: string, path: string, overwrite: boolean): Promise<void> {
  if (overwrite) {
    await rename(temporary, path);
    return;
  }
  try {
    await link(temporary, path);
  } catch (thrown) {
    if (errorCode(thrown) === "EEXIST") throw exists(path);
    throw thrown;
  }
  await unlink(temporary);
}

function exists(path: string): DiopterError {
  return new DiopterError("output/exists", {
    message: `"${path}" exists already.`,
    remedy: "Name another file, or allow overwriting.",
    port: "path",
  });
}

const reasons: Readonly<Record<string, readonly [string, string]>> = {
  EACCES: ["its folder is write-protected", "Choose another folder or change its permissions."],
  EPERM: ["the system forbids it", "Choose another folder or change its permissions."],
  EROFS: ["the disk is read-only", "Choose a folder on another disk."],
  ENOSPC: ["the disk is full", "Free some space or choose another disk."],
  EISDIR: ["a folder has that name", "Name a file."],
  ENOTDIR: ["a part of the path is a file", "Choose another folder."],
  EEXIST: ["a part of the path is a file", "Choose another folder."],
  ENAMETOOLONG: ["the name is too long", "Choose a shorter name."],
};

function unwritable(path: string, thrown: unknown): DiopterError {
  const [reason, remedy] = reasons[errorCode(thrown)] ?? [
    thrown instanceof Error ? thrown.message : String(thrown),
    "Choose another folder.",
  ];
  return new DiopterError("output/unwritable", {
    message: `"${path}" cannot be written: ${reason}.`,
    remedy,
    port: "path",
    cause: thrown,
  });
}

function errorCode(thrown: unknown): string {
  if (!(thrown instanceof Error) || !("code" in thrown)) return "";
  return String(thrown.code);
}
