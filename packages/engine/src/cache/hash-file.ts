import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { DiopterError } from "../errors/index.js";

interface Remembered {
  readonly identity: string;
  readonly hash: Promise<string>;
}

const remembered = new Map<string, Remembered>();
const mostRemembered = 10_000;

/**
 * SHA-256 of a file's content, 64 hexadecimal digits. Reads in pieces, whatever the file's size;
 * a file whose size and times have not changed is not read again.
 * @throws DiopterError `file/not-found`, `file/unreadable` (also for a folder).
 */
export async function hashFile(path: string): Promise<string> {
  const absolute = resolve(path);
  const identity = await identityOf(absolute);
  const known = remembered.get(absolute);
  if (known?.identity === identity) return known.hash;
  const hash = readAndHash(absolute);
  remember(absolute, { identity, hash });
  try {
    const result = await hash;
    // A file that changed while it was read has a hash that belongs to neither of its states.
    if ((await identityOf(absolute)) !== identity) forget(absolute, hash);
    return result;
  } catch (thrown) {
    forget(absolute, hash);
    throw fileError(absolute, thrown);
  }
}

function remember(path: string, entry: Remembered): void {
  remembered.delete(path);
  remembered.set(path, entry);
  if (remembered.size <= mostRemembered) return;
  const oldest = remembered.keys().next();
  if (!oldest.done) remembered.delete(oldest.value);
}

function forget(path: string, hash: Promise<string>): void {
  if (remembered.get(path)?.hash === hash) remembered.delete(path);
}

async function identityOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(" ");
  } catch (thrown) {
    throw fileError(path, thrown);
  }
}

async function readAndHash(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece);
  return hash.digest("hex");
}

function fileError(path: string, cause: unknown): DiopterError {
  if (DiopterError.is(cause)) return cause;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new DiopterError("file/not-found", {
      message: `There is no file "${path}".`,
      remedy: "Check the path; relative paths start at the workflow's folder.",
      cause,
    });
  }
  return new DiopterError("file/unreadable", {
    message: code === "EISDIR" ? `"${path}" is a folder.` : `"${path}" cannot be read (${code}).`,
    remedy: code === "EISDIR" ? "Name a file in it." : "Check that you may read the file.",
    cause,
  });
}
