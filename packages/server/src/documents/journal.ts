import { createHash } from "node:crypto";
import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type EditCommand, editCommandSchema, workflowSchema } from "@diopter/engine/editing";
import { z } from "zod";

/** What a journal begins with: the document as it was when the file was last known to match. */
const headerSchema = z.object({
  kind: z.literal("begin"),
  document: z.string(),
  /** Hashes of the file's text that are this server's doing, or were read by it. */
  known: z.array(z.string()),
  content: workflowSchema,
  edits: z.array(z.string()),
});
type Header = z.infer<typeof headerSchema>;

const entrySchema = z.discriminatedUnion("kind", [
  headerSchema,
  z.object({ kind: z.literal("edit"), edit: z.string(), command: editCommandSchema }),
  /** The file is about to hold the text with this hash: edits so far are in it. */
  z.object({ kind: z.literal("saving"), hash: z.string() }),
]);
type Entry = z.infer<typeof entrySchema>;

/** What a journal tells after a crash. */
export interface JournalRecord {
  readonly begin: Header;
  readonly known: readonly string[];
  readonly edits: readonly { readonly edit: string; readonly command: EditCommand }[];
}

/**
 * The edits of one document since its file was last written, beside the library. An edit is here
 * before anybody is told that it holds, so that the death of the process loses none. (It is left
 * to the operating system when the bytes reach the disk: a loss of power may take the last
 * seconds.)
 */
export class Journal {
  readonly #path: string;
  #file: number | undefined;

  constructor(folder: string, document: string) {
    this.#path = join(folder, journalName(document));
  }

  /** Begins anew: what was written before is no longer needed. */
  begin(header: Omit<Header, "kind" | "content"> & { readonly content: unknown }): void {
    this.close();
    const unfinished = `${this.#path}.part`;
    const file = openSync(unfinished, "w", 0o600);
    write(file, { kind: "begin", ...header });
    renameSync(unfinished, this.#path);
    this.#file = file;
  }

  edit(edit: string, command: EditCommand): void {
    if (this.#file !== undefined) write(this.#file, { kind: "edit", edit, command });
  }

  saving(hash: string): void {
    if (this.#file !== undefined) write(this.#file, { kind: "saving", hash });
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  /** Everything is in the file. */
  remove(): void {
    this.close();
    rmSync(this.#path, { force: true });
  }
}

function write(file: number, entry: object): void {
  writeSync(file, `${JSON.stringify(entry)}\n`);
}

/** Names of documents may be longer than names of files. */
function journalName(document: string): string {
  return `${createHash("sha256").update(document).digest("hex").slice(0, 32)}.jsonl`;
}

/** What the text of a journal tells; undefined where it does not even begin. */
export function readJournal(text: string): JournalRecord | undefined {
  const entries: Entry[] = [];
  for (const line of text.split("\n")) {
    const entry = readEntry(line);
    // The last line may have been cut off; nobody was told of what it says.
    if (entry === undefined) break;
    entries.push(entry);
  }
  const [begin] = entries;
  if (begin?.kind !== "begin") return undefined;
  return {
    begin,
    known: [...begin.known, ...entries.flatMap((entry) => hashesOf(entry))],
    edits: entries.flatMap((entry) => (entry.kind === "edit" ? [entry] : [])),
  };
}

function hashesOf(entry: Entry): readonly string[] {
  return entry.kind === "saving" ? [entry.hash] : [];
}

function readEntry(line: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
