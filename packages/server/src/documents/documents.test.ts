import { readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Desk, example, Guest, registry, set } from "./documents.test-support.js";
import type { Documents } from "./index.js";

let desk: Desk;
let documents: Documents;
beforeEach(async () => {
  desk = await Desk.create();
  documents = await desk.start();
});
afterEach(() => desk.end());

describe("two people at one workflow", () => {
  test("edits of different nodes made at the same time both hold", async () => {
    const [ann, bob] = [
      await new Guest("ann").open(documents),
      await new Guest("bob").open(documents),
    ];
    await Promise.all([ann.edit(documents, set("a", 1)), bob.edit(documents, set("b", 2))]);
    for (const { replica } of [ann, bob]) {
      expect(replica?.document.nodes.a?.params).toEqual({ amount: 1 });
      expect(replica?.document.nodes.b?.params).toEqual({ amount: 2 });
      expect(replica?.revision).toBe(2);
      expect(replica?.pending).toEqual([]);
    }
  });

  test("of edits of one parameter the later wins, and both see it", async () => {
    const [ann, bob] = [
      await new Guest("ann").open(documents),
      await new Guest("bob").open(documents),
    ];
    await Promise.all([ann.edit(documents, set("a", 1)), bob.edit(documents, set("a", 2))]);
    expect(ann.replica?.document).toEqual(bob.replica?.document);
    expect(ann.replica?.document.nodes.a?.params).toEqual({ amount: 2 });
    expect(documents.current("example")).toEqual(ann.replica?.document);
    const changed = bob.messages.filter(({ type }) => type === "document-changed");
    expect(changed).toMatchObject([
      { revision: 1, by: "ann", edit: "ann-1" },
      { revision: 2, by: "bob", edit: "bob-1" },
    ]);
  });

  test("an edit that no longer fits is refused with the reason, and taken back", async () => {
    const [ann, bob] = [
      await new Guest("ann").open(documents),
      await new Guest("bob").open(documents),
    ];
    await Promise.all([
      ann.edit(documents, { kind: "remove-nodes", ids: ["b"] }),
      bob.edit(documents, set("b", 2)),
    ]);
    const { error, edit } = await bob.wait("edit-refused");
    expect({ edit, code: error.code, node: error.node }).toEqual({
      edit: "bob-1",
      code: "document/unknown-node",
      node: "b",
    });
    expect(ann.messages.some(({ type }) => type === "edit-refused")).toBe(false);
    expect(bob.replica?.document).toEqual(ann.replica?.document);
  });

  test("see each other's selections, in colours of their own", async () => {
    const ann = await new Guest("ann").open(documents);
    const bob = await new Guest("bob").open(documents);
    const second = await new Guest("ann").open(documents);
    await documents.receive(ann, {
      type: "presence",
      document: "example",
      selection: ["a"],
      pointer: [3, 4],
    });
    const { clients } = await bob.wait("presence", (message) =>
      message.clients.some(({ selection }) => selection.length > 0),
    );
    expect(clients).toMatchObject([
      { client: "ann", name: "Name of ann", selection: ["a"], pointer: [3, 4] },
      { client: "bob", selection: [] },
    ]);
    expect(clients[0]?.colour).not.toBe(clients[1]?.colour);
    await documents.leave(ann);
    await documents.leave(second);
    await bob.wait("presence", (message) => message.clients.length === 1);
  });

  test("two sockets of one client both hear of every edit", async () => {
    const first = await new Guest("ann").open(documents);
    const second = await new Guest("ann").open(documents);
    await first.edit(documents, set("a", 1));
    expect(second.replica?.document).toEqual(first.replica?.document);
  });
});

describe("what is refused", () => {
  test("documents that are not there or lie outside, edits of what is not open", async () => {
    const ann = new Guest("ann");
    for (const document of ["nothing", "../example", "a/../../b", "/etc/passwd", ".journal/x"]) {
      await ann.open(documents, document);
    }
    expect(ann.messages).toMatchObject([
      { type: "error", document: "nothing", error: { code: "request/not-found" } },
      { type: "error", document: "../example", error: { code: "request/invalid" } },
      { type: "error", error: { code: "request/invalid" } },
      { type: "error", error: { code: "request/invalid" } },
      { type: "error", error: { code: "request/invalid" } },
    ]);
    await ann.edit(documents, set("a", 1));
    expect(ann.messages.at(-1)).toMatchObject({
      type: "edit-refused",
      error: { code: "request/conflict" },
    });
  });

  test("commands that are none, and documents that grow beyond the limits", async () => {
    await documents.stop();
    const small = await desk.start({ nodes: 3, characters: 1000 });
    const ann = await new Guest("ann").open(small);
    const send = (edit: string, command: { kind: string }) =>
      small.receive(ann, { type: "edit", document: "example", edit, command });
    const node = { type: "image/blur", version: 2 };
    const add = (nodes: object) => ({ kind: "add-nodes", nodes });
    await send("1", { kind: "fly" });
    await send("2", add({ c: node, d: node }));
    await send("3", add({ c: { ...node, title: "x".repeat(900) } }));
    await send("4", add({ c: node }));
    expect(ann.messages.slice(1).map((message) => message.type)).toEqual([
      "edit-refused",
      "edit-refused",
      "edit-refused",
      "document-changed",
    ]);
    expect(ann.messages.slice(1, 4)).toMatchObject([
      { error: { code: "document/invalid" } },
      { error: { code: "document/too-large" } },
      { error: { code: "document/too-large" } },
    ]);
  });
});

describe("the file", () => {
  test("is written a moment after the last edit, without empty tables", async () => {
    const ann = await new Guest("ann").open(documents);
    await ann.edit(documents, set("a", 1));
    await ann.edit(documents, set("a", 2));
    await ann.wait("document-saved", ({ revision }) => revision === 2);
    const nodes = { ...example.nodes, a: { ...example.nodes.a, params: { amount: 2 } } };
    expect(await desk.read("example")).toEqual({ ...example, nodes });
  });

  test("is written before the last one who leaves is gone, and its journal removed", async () => {
    const ann = await new Guest("ann").open(documents);
    await ann.edit(documents, set("a", 7));
    expect(await readdir(join(desk.root, ".journal"))).toHaveLength(1);
    await documents.leave(ann);
    expect(await desk.read("example")).toMatchObject({ nodes: { a: { params: { amount: 7 } } } });
    expect(await readdir(join(desk.root, ".journal"))).toEqual([]);
    expect(documents.current("example")).toBeUndefined();
    const again = await new Guest("ann").open(documents);
    expect(again.messages[0]).toMatchObject({ type: "document", edits: ["ann-1"] });
  });

  test("that somebody changes is taken in and shown to everybody", async () => {
    const ann = await new Guest("ann").open(documents);
    await desk.write("example", { ...example, name: "Changed" });
    const replaced = await ann.wait("document-replaced");
    expect(replaced).toMatchObject({ because: "disk", revision: 1, content: { name: "Changed" } });
    expect(replaced.note).toBeUndefined();
    await ann.edit(documents, set("a", 3));
    await ann.wait("document-saved");
    expect(await desk.read("example")).toMatchObject({
      name: "Changed",
      nodes: { a: { params: { amount: 3 } } },
    });
  });

  test("that was changed beneath unsaved edits keeps both", async () => {
    const slow = await desk.startThatSavesLate();
    const ann = await new Guest("ann").open(slow);
    await ann.edit(slow, set("a", 3));
    await desk.write("example", { ...example, name: "Changed" });
    const { note, content } = await ann.wait("document-replaced");
    expect(note).toMatch(/stand on top/);
    const both = { name: "Changed", nodes: { a: { params: { amount: 3 } } } };
    expect(content).toMatchObject(both);
    await slow.leave(ann);
    expect(await desk.read("example")).toMatchObject(both);
  });

  test("that was changed so that unsaved edits do not fit: the workflow with them is kept", async () => {
    const slow = await desk.startThatSavesLate();
    const ann = await new Guest("ann").open(slow);
    await ann.edit(slow, set("a", 3));
    await desk.write("example", { diopter: 1, name: "Other", nodes: {} });
    const { note, content } = await ann.wait("document-replaced");
    expect(content).toMatchObject({ name: "Other", nodes: {} });
    expect(note).toMatch(/1 of 1 .* kept as "example \(before change on disk\)"/);
    expect(await desk.read("example (before change on disk)")).toMatchObject({
      name: "Example",
      nodes: { a: { params: { amount: 3 } } },
    });
  });

  test("that cannot be read is told of, and kept before it is written over", async () => {
    const ann = await new Guest("ann").open(documents);
    await desk.write("example", "{ broken");
    const { error } = await ann.wait("error");
    expect(error.message).toMatch(/"example" was changed and cannot be read/);
    await ann.edit(documents, set("a", 3));
    await ann.wait("document-saved");
    expect(await desk.read("example")).toMatchObject({ nodes: { a: { params: { amount: 3 } } } });
    const copies = (await readdir(desk.root)).filter((name) => name.includes("unreadable"));
    expect(copies).toHaveLength(1);
  });

  test("with a mere change of its form changes nothing", async () => {
    const slow = await desk.startThatSavesLate();
    const ann = await new Guest("ann").open(slow);
    await desk.write("example", JSON.stringify(example, undefined, 7));
    await slow.leave(ann);
    const kinds = ann.messages.map(({ type }) => type);
    expect(kinds).not.toContain("document-replaced");
    expect(await desk.readText("example")).toBe(JSON.stringify(example, undefined, 7));
  });

  test("with a mere change of its form beneath unsaved edits keeps them", async () => {
    const slow = await desk.startThatSavesLate();
    const ann = await new Guest("ann").open(slow);
    await ann.edit(slow, set("a", 3));
    await desk.write("example", JSON.stringify(example, undefined, 7));
    await ann.wait("document-replaced");
    await slow.leave(ann);
    expect(ann.replica?.document.nodes.a?.params).toEqual({ amount: 3 });
    expect(await desk.read("example")).toMatchObject({ nodes: { a: { params: { amount: 3 } } } });
  });
});

test("nodes that an older version wrote are brought along for everybody", async () => {
  const ann = await new Guest("ann").open(documents);
  const old = { type: "image/blur", version: 1, params: { strength: 5 } };
  await ann.edit(documents, { kind: "add-nodes", nodes: { old } });
  expect(ann.replica?.document.nodes.old).toEqual({
    type: "image/blur",
    version: registry["image/blur"]?.version,
    params: { amount: 5 },
    inputs: {},
  });
});

test("an edit that cannot be written down is refused, and the next one is not lost", async () => {
  const ann = await new Guest("ann").open(documents);
  const journal = join(desk.root, ".journal");
  await rename(journal, `${journal}-gone`);
  await ann.edit(documents, set("a", 1));
  expect(ann.messages.at(-1)).toMatchObject({ type: "edit-refused", edit: "ann-1" });
  expect(documents.current("example")?.nodes.a?.params).toEqual({});
  await rename(`${journal}-gone`, journal);
  await ann.edit(documents, set("a", 2));
  expect(ann.replica?.document.nodes.a?.params).toEqual({ amount: 2 });
});
