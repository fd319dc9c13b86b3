import { readFile, stat } from "node:fs/promises";
import { DiopterError } from "@diopter/engine";

/** What one buffer holds. */
const maxBytes = 2 ** 31 - 1;

/**
 * Reads a whole file. Only plain files: a pipe or a device might never end.
 * @throws DiopterError `file/not-found`, `file/unreadable`, `image/too-large` beyond 2 GiB.
 */
export async function readPictureFile(path: string): Promise<Buffer> {
  try {
    const status = await stat(path);
    if (!status.isFile()) throw unreadable(path, status.isDirectory() ? "folder" : "device");
    if (status.size > maxBytes) throw tooManyBytes(path, status.size);
    return await readFile(path);
  } catch (thrown) {
    if (DiopterError.is(thrown)) throw thrown;
    const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
    if (code !== "ENOENT" && code !== "ENOTDIR") throw unreadable(path, "forbidden", thrown);
    throw new DiopterError("file/not-found", {
      message: `There is no file "${path}".`,
      remedy: "Check the path; relative paths begin at the workflow's folder.",
      port: "path",
      cause: thrown,
    });
  }
}

const explanations = {
  folder: ["is a folder", "Name a picture inside it."],
  device: ["is not a plain file", "Name a picture's file."],
  forbidden: ["cannot be read", "Check the file's permissions."],
} as const;

function unreadable(path: string, why: keyof typeof explanations, cause?: unknown): DiopterError {
  const [reason, remedy] = explanations[why];
  const message = `"${path}" ${reason}.`;
  return new DiopterError("file/unreadable", { message, remedy, port: "path", cause });
}

function tooManyBytes(path: string, bytes: number): DiopterError {
  return new DiopterError("image/too-large", {
    message: `"${path}" takes ${(bytes / 2 ** 30).toFixed(1)} GiB; at most 2 can be read.`,
    remedy: "Save it with compression, or scale it down.",
    port: "path",
  });
}
