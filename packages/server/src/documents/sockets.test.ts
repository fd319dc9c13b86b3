import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type EditCommand, Replica } from "@diopter/engine/editing";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ServerMessage } from "../protocol/index.js";
import {
  openSocket,
  startTestServer,
  type TestServer,
  type TestSocket,
} from "../testing/test-server.js";

const example = {
  diopter: 1,
  name: "Shared",
  nodes: {
    photo: { type: "image/load", version: 1 },
    large: { type: "image/resize", version: 1, inputs: { image: ["photo", "image"] } },
  },
};

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
  await server.call("PUT", "/workflows/shared", example);
});
afterEach(() => server.close());

const set = (name: string, value: number): EditCommand => ({
  kind: "set-parameter",
  node: "large",
  name,
  value,
});

/** An editor: what it was told, replayed on its copy. */
class Editor {
  readonly socket: TestSocket;
  readonly #client: string;
  #replica: Replica | undefined;
  #read = 0;
  #edits = 0;

  constructor(client: string, socket: TestSocket) {
    this.#client = client;
    this.socket = socket;
  }

  static async open(client: string): Promise<Editor> {
    const editor = new Editor(client, await server.socket());
    editor.socket.send({ type: "hello", client });
    editor.socket.send({ type: "open-document", document: "shared" });
    await editor.until((replica) => replica.revision >= 0);
    return editor;
  }

  get replica(): Replica {
    if (this.#replica === undefined) throw new Error("Nothing is open.");
    return this.#replica;
  }

  send(command: EditCommand): void {
    this.#edits += 1;
    const edit = `${this.#client}-${this.#edits}`;
    this.#replica?.apply(edit, command);
    this.socket.send({ type: "edit", document: "shared", edit, command });
  }

  until(passes: (replica: Replica) => boolean): Promise<boolean> {
    return this.socket.until(() => {
      this.#catchUp();
      return this.#replica !== undefined && passes(this.#replica) ? true : undefined;
    });
  }

  #catchUp(): void {
    const { messages } = this.socket;
    for (; this.#read < messages.length; this.#read += 1) {
      const message = messages[this.#read];
      if (message?.type === "document" || message?.type === "document-replaced") {
        const content = JSON.parse(JSON.stringify(message.content));
        this.#replica = new Replica(content, message.revision, server.running.services.registry);
      } else if (message?.type === "document-changed") {
        const command: EditCommand = JSON.parse(JSON.stringify(message.command));
        expect(this.#replica?.receive({ ...message, command })).toBe("applied");
      } else if (message?.type === "edit-refused") this.#replica?.refuse(message.edit);
    }
  }
}

test("two editors over WebSockets end with one document, which is what is saved", async () => {
  const [ann, bob] = [await Editor.open("ann"), await Editor.open("bob")];
  for (let value = 1; value <= 20; value += 1) {
    ann.send(set("scale", value));
    bob.send(value % 2 === 0 ? set("scale", 50 + value) : set("side", value));
  }
  ann.send({ kind: "remove-nodes", ids: ["photo"] });
  bob.send({ kind: "set-title", id: "photo", title: "Gone by now, or not yet" });
  const isSettled = (replica: Replica) => replica.pending.length === 0;
  await Promise.all([ann.until(isSettled), bob.until(isSettled)]);
  // Both know what became of their own edits; one may still wait for the other's last.
  const revision = Math.max(ann.replica.revision, bob.replica.revision);
  const isLevel = (replica: Replica) => replica.revision === revision;
  await Promise.all([ann.until(isLevel), bob.until(isLevel)]);
  expect(revision).toBeGreaterThanOrEqual(41);
  expect(ann.replica.document).toEqual(bob.replica.document);
  expect(ann.replica.document.nodes.large?.inputs).toEqual({});
  expect(ann.replica.document.nodes.large?.params.side).toBe(19);
  await ann.socket.until(({ messages }) =>
    messages.find((message) => message.type === "document-saved" && message.revision === revision),
  );
  const path = join(server.running.services.folders.library, "shared.json");
  const saved = JSON.parse(await readFile(path, "utf8"));
  expect(saved.nodes.large.params).toEqual(ann.replica.document.nodes.large?.params);
});

test("an editor that saves by other means reaches both", async () => {
  const [ann, bob] = [await Editor.open("ann"), await Editor.open("bob")];
  await server.call("PUT", "/workflows/shared", { ...example, name: "By REST" });
  await Promise.all(
    [ann, bob].map((one) => one.until(({ document }) => document.name === "By REST")),
  );
  const path = join(server.running.services.folders.library, "shared.json");
  await writeFile(path, JSON.stringify({ ...example, name: "By hand" }));
  await Promise.all(
    [ann, bob].map((one) => one.until(({ document }) => document.name === "By hand")),
  );
});

test("who watches the library is told which workflow changed, whoever changed it", async () => {
  const watcher = await server.socket();
  watcher.send({ type: "hello", client: "watcher" });
  watcher.send({ type: "watch-library" });
  const tellings = (messages: readonly ServerMessage[], workflow?: string) =>
    messages.filter((one) => one.type === "library-changed" && one.workflow === workflow).length;
  const told = (workflow: string) =>
    watcher.until(({ messages }) => (tellings(messages, workflow) > 0 ? true : undefined));
  // Once when it begins, and once when the folder is being watched: from here on nothing is missed.
  await watcher.until(({ messages }) => (tellings(messages) > 1 ? true : undefined));
  await server.call("PUT", "/workflows/folder/by-rest", example);
  await told("folder/by-rest");
  const ann = await Editor.open("ann");
  ann.send({ kind: "set-document", name: "By hand" });
  await told("shared");
  const before = tellings(watcher.messages);
  const folder = join(server.running.services.folders.library, "new");
  await mkdir(folder);
  await writeFile(join(folder, "by-hand.json"), JSON.stringify(example));
  // Which file it was may have been missed; that something has changed is not.
  await watcher.until(({ messages }) => (tellings(messages) > before ? true : undefined));
});

test("a job by id runs what is open, not only what is saved", async () => {
  const ann = await Editor.open("ann");
  ann.send({ kind: "remove-nodes", ids: ["large", "photo"] });
  const seed = { type: "test-nodes:number/add", version: 1, params: { value: 7 } };
  ann.send({ kind: "add-nodes", nodes: { seed } });
  await ann.until((replica) => replica.pending.length === 0);
  const response = await server.call("POST", "/jobs", { workflow: "shared" });
  const job: { id: string } = JSON.parse(await response.text());
  expect((await server.until(job.id)).readings).toEqual({ "seed.sum": 7 });
});

test("what is malformed is answered, and harms nobody", async () => {
  const ann = await Editor.open("ann");
  const rude = await openSocket(`ws://127.0.0.1:${server.running.port}/api/v1/socket`);
  rude.send({ type: "hello", client: "rude" });
  rude.socket.send('{"type":"edit","document":"shared"}');
  rude.socket.send("[[[[");
  rude.send({ type: "edit", document: "shared", edit: "1", command: { kind: "fly" } });
  rude.send({ type: "presence", document: "shared", selection: ["x"] });
  rude.send({ type: "open-document", document: "../../secret" });
  await rude.until(({ messages }) =>
    messages.filter(({ type }) => type === "error").length >= 3 ? true : undefined,
  );
  ann.send(set("scale", 3));
  await ann.until((replica) => replica.pending.length === 0 && replica.revision === 1);
});
