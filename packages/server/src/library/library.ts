import { readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import {
  calledPorts,
  type NodeRegistry,
  parseWorkflow,
  readablePath,
  serializeWorkflow,
  type WorkflowDocument,
  type WorkflowLimits,
  writablePath,
} from "@diopter/engine";
import { notFound } from "../http/request-errors.js";
import { documentId } from "../security/document-id.js";
import { writeAtomically } from "./write-atomically.js";

/** One line of the library's table of contents. */
export interface LibraryEntry {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly description?: string;
  /** What it takes and gives as a node of another workflow. */
  readonly ports?: ListedPorts;
}

type Side = Readonly<Record<string, { readonly socket: string; readonly optional: boolean }>>;

interface ListedPorts {
  readonly inputs: Side;
  readonly outputs: Side;
}

export interface LibraryOptions {
  readonly folder: string;
  readonly registry: NodeRegistry;
  readonly limits: WorkflowLimits;
}

/** Workflows in a folder of plain JSON files, which people may also edit by other means. */
export class Library {
  readonly folder: string;
  readonly #registry: NodeRegistry;
  readonly #limits: WorkflowLimits;
  readonly #listeners = new Set<(id: string) => void>();
  /** Names of files that have not changed since they were read. */
  readonly #known = new Map<string, LibraryEntry & { readonly size: number }>();

  constructor({ folder, registry, limits }: LibraryOptions) {
    this.folder = folder;
    this.#registry = registry;
    this.#limits = limits;
  }

  /** All workflows, sorted by id. Files that hold none are left out. */
  async list(): Promise<readonly LibraryEntry[]> {
    const ids = await this.#ids();
    const entries = await Promise.all(ids.map((id) => this.#describe(id)));
    return entries.filter((entry) => entry !== undefined);
  }

  /**
   * A document's path; it need not exist.
   * @throws DiopterError `request/invalid`, `file/outside`.
   */
  pathOf(id: string): string {
    return writablePath(this.#folders, `${documentId(id)}.json`);
  }

  /** The folder that relative paths of a document start from. */
  folderOf(id: string): string {
    return dirname(this.pathOf(id));
  }

  /**
   * @throws DiopterError `request/not-found`, and what parseWorkflow throws.
   */
  async read(id: string): Promise<WorkflowDocument> {
    return this.parse(await this.readText(id));
  }

  /** The file's text. @throws DiopterError `request/not-found`. */
  async readText(id: string): Promise<string> {
    const path = readablePath(this.#folders, this.pathOf(id));
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) throw notFound(`There is no workflow "${id}".`);
    return readFile(path, "utf8");
  }

  /** A document from its text, within the server's limits. */
  parse(text: string): WorkflowDocument {
    return parseWorkflow(text, this.#registry, this.#limits);
  }

  /** Writes a document and tells when. */
  async write(id: string, document: WorkflowDocument): Promise<number> {
    await this.writeText(id, serializeWorkflow(document));
    return (await stat(this.pathOf(id))).mtimeMs;
  }

  /** Writes a document's file as it is given. */
  async writeText(id: string, text: string): Promise<void> {
    await writeAtomically(this.pathOf(id), text);
    this.#tell(id);
  }

  /** @throws DiopterError `request/not-found`. */
  async remove(id: string): Promise<void> {
    await this.readText(id);
    await rm(this.pathOf(id));
    this.#tell(id);
  }

  /** Tells of every document that is written or removed here; others change the files unseen. */
  onChange(listener: (id: string) => void): void {
    this.#listeners.add(listener);
  }

  #tell(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }

  get #folders() {
    return { base: this.folder, readable: [], output: this.folder };
  }

  async #ids(): Promise<readonly string[]> {
    const entries = await readdir(this.folder, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
      .map((entry) => relative(this.folder, join(entry.parentPath, entry.name)))
      .map((path) => path.split(sep).join("/").slice(0, -".json".length))
      .filter(isDocumentId)
      .sort();
  }

  async #describe(id: string): Promise<LibraryEntry | undefined> {
    try {
      const { mtimeMs: modified, size } = await stat(this.pathOf(id));
      const known = this.#known.get(id);
      if (known?.modified === modified && known.size === size) return describe(known);
      const document = await this.read(id);
      const { name, description } = document;
      const ports = listPorts(document);
      const entry: LibraryEntry = {
        id,
        name,
        modified,
        ...(description === undefined ? {} : { description }),
        ...(ports === undefined ? {} : { ports }),
      };
      this.#known.set(id, { ...entry, size });
      return entry;
    } catch {
      return undefined;
    }
  }
}

function listPorts(document: WorkflowDocument): ListedPorts | undefined {
  const { inputs, outputs } = calledPorts(document);
  if (inputs.size + outputs.size === 0) return undefined;
  const list = (side: typeof inputs): Side =>
    Object.fromEntries(
      [...side].map(([name, { socket, optional }]) => [name, { socket, optional }]),
    );
  return { inputs: list(inputs), outputs: list(outputs) };
}

function describe({ size: _, ...entry }: LibraryEntry & { readonly size: number }): LibraryEntry {
  return entry;
}

function isDocumentId(id: string): boolean {
  try {
    return documentId(id) === id;
  } catch {
    return false;
  }
}
