import { createHash } from "node:crypto";
import { serializeWorkflow, trimDocument, type WorkflowDocument } from "@diopter/engine/editing";
import type { Library } from "../library/index.js";

/** What stands in a document's file. */
export interface FileState {
  readonly text: string;
  readonly hash: string;
}

/** SHA-256 of a file's text. */
export function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The text that a document is saved as. */
export function fileText(document: WorkflowDocument): string {
  return serializeWorkflow(trimDocument(document));
}

/** The file as it is now; undefined where there is none. */
export async function readFileState(library: Library, id: string): Promise<FileState | undefined> {
  try {
    const text = await library.readText(id);
    return { text, hash: hashText(text) };
  } catch {
    return undefined;
  }
}

/** Keeps a document that would be lost under the first free name like `id (what)`. */
export async function keepCopy(
  library: Library,
  id: string,
  what: string,
  document: WorkflowDocument,
): Promise<string> {
  for (let count = 1; ; count += 1) {
    const copy = `${id} (${what}${count === 1 ? "" : ` ${count}`})`;
    if ((await readFileState(library, copy)) !== undefined) continue;
    await library.write(copy, trimDocument(document));
    return copy;
  }
}
