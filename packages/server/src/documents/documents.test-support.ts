import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRegistry, defineNode, image, number, toDiopterError } from "@diopter/engine";
import { type EditCommand, Replica } from "@diopter/engine/editing";
import { vi } from "vitest";
import { Library } from "../library/index.js";
import type { ServerMessage } from "../protocol/index.js";
import type { DocumentSocket } from "./document-socket.js";
import { Documents } from "./documents.js";

const blur = defineNode({
  type: "image/blur",
  version: 2,
  title: "Blur",
  help: "Blurs.",
  inputs: { image: image({ optional: true }) },
  params: { amount: number({ default: 0, min: 0, max: 100 }), size: number({ default: 1 }) },
  outputs: { image: image() },
  migrations: { 1: { params: (old) => old, renamedParams: { strength: "amount" } } },
  run: async (inputs) => ({ image: inputs.image ?? (await Promise.reject(new Error("none"))) }),
});

export const registry = createRegistry([blur]);

/** Two nodes, one wired to the other. */
export const example = {
  diopter: 1,
  name: "Example",
  nodes: {
    a: { type: "image/blur", version: 2 },
    b: { type: "image/blur", version: 2, inputs: { image: ["a", "image"] } },
  },
};

export const set = (node: string, value: number, name = "amount"): EditCommand => ({
  kind: "set-parameter",
  node,
  name,
  value,
});

/** A data folder with a library, and documents in it that can die and come back. */
export class Desk {
  readonly root: string;
  readonly #alive = new Set<Documents>();

  private constructor(root: string) {
    this.root = root;
  }

  static async create(): Promise<Desk> {
    const desk = new Desk(await mkdtemp(join(tmpdir(), "diopter-documents-")));
    await desk.write("example", example);
    return desk;
  }

  /** `saveMilliseconds`: long enough, and the server dies before it saves. */
  async start(
    limits = { nodes: 100, characters: 100_000 },
    saveMilliseconds = 100,
  ): Promise<Documents> {
    const documents = new Documents({
      library: new Library({
        folder: this.root,
        registry,
        limits: { ...limits, depth: 32 },
      }),
      registry,
      journal: join(this.root, ".journal"),
      limits,
      saveMilliseconds,
      logger: { info: () => {}, warn: () => {}, error: () => {} },
      describe: (thrown) => toDiopterError(thrown),
    });
    this.#alive.add(documents);
    await documents.recover();
    return documents;
  }

  /** Documents that are saved when the last one leaves, not before: what is edited stays unsaved. */
  startThatSavesLate(): Promise<Documents> {
    return this.start(undefined, 3_600_000);
  }

  async write(id: string, content: unknown): Promise<void> {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await writeFile(join(this.root, `${id}.json`), text);
  }

  async read(id: string): Promise<unknown> {
    return JSON.parse(await this.readText(id));
  }

  readText(id: string): Promise<string> {
    return readFile(join(this.root, `${id}.json`), "utf8");
  }

  async end(): Promise<void> {
    for (const documents of this.#alive) await documents.stop();
    await rm(this.root, { recursive: true, force: true });
  }
}

/** A client: its socket, and the replica that follows what the server tells. */
export class Guest implements DocumentSocket {
  readonly client: string;
  readonly name: string;
  readonly messages: ServerMessage[] = [];
  replica: Replica | undefined;
  #edits = 0;

  constructor(client: string) {
    this.client = client;
    this.name = `Name of ${client}`;
  }

  send(message: ServerMessage): void {
    // As it would arrive.
    const received: ServerMessage = JSON.parse(JSON.stringify(message));
    this.messages.push(received);
    if (message.type === "document" || message.type === "document-replaced") {
      const content = JSON.parse(JSON.stringify(message.content));
      if (this.replica === undefined)
        this.replica = new Replica(content, message.revision, registry);
      else this.replica.reset(content, message.revision, true);
    }
    if (message.type === "edit-refused") this.replica?.refuse(message.edit);
    if (message.type === "document-changed") {
      const command: EditCommand = JSON.parse(JSON.stringify(message.command));
      const state = this.replica?.receive({ ...message, command });
      if (state === "gap") throw new Error("A change was missed.");
    }
  }

  async open(documents: Documents, document = "example"): Promise<this> {
    await documents.receive(this, { type: "open-document", document });
    return this;
  }

  /** Applies an edit here and sends it. */
  edit(documents: Documents, command: EditCommand, document = "example"): Promise<void> {
    this.#edits += 1;
    const edit = `${this.client}-${this.#edits}`;
    this.replica?.apply(edit, command);
    return documents.receive(this, { type: "edit", document, edit, command });
  }

  /** The last message of a type, once there is one that passes. */
  wait<T extends ServerMessage["type"]>(
    type: T,
    passes: (message: Extract<ServerMessage, { type: T }>) => boolean = () => true,
  ): Promise<Extract<ServerMessage, { type: T }>> {
    return vi.waitFor(
      () => {
        const found = this.messages.findLast(
          (message): message is Extract<ServerMessage, { type: T }> => message.type === type,
        );
        if (found === undefined || !passes(found)) throw new Error(`No ${type} has come.`);
        return found;
      },
      { timeout: 10_000, interval: 10 },
    );
  }
}
