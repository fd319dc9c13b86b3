import { appendFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Desk, example, Guest, set } from "./documents.test-support.js";
import { readJournal } from "./journal.js";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.create();
});
afterEach(() => desk.end());

/** Edits that a server took in and did not save: as it would be after kill -9. */
async function dieAfter(...values: readonly number[]): Promise<Guest> {
  const documents = await desk.start(undefined, 1e9);
  const ann = await new Guest("ann").open(documents);
  for (const value of values) await ann.edit(documents, set("a", value));
  return ann;
}

test("what was acknowledged is in the file after the next start", async () => {
  const ann = await dieAfter(1, 2, 3);
  expect(ann.messages.filter(({ type }) => type === "document-changed")).toHaveLength(3);
  expect(await desk.read("example")).toEqual(example);
  const next = await desk.start();
  expect(await desk.read("example")).toMatchObject({ nodes: { a: { params: { amount: 3 } } } });
  expect(await readdir(join(desk.root, ".journal"))).toEqual([]);
  const again = await new Guest("ann").open(next);
  expect(again.messages[0]).toMatchObject({ edits: ["ann-1", "ann-2", "ann-3"] });
});

test("an edit that is sent again after the crash is not taken in twice", async () => {
  await dieAfter(1);
  const next = await desk.start();
  const ann = await new Guest("ann").open(next);
  await ann.edit(next, set("a", 1));
  expect(ann.messages.map(({ type }) => type)).toEqual(["document", "document"]);
  expect(ann.messages[1]).toMatchObject({ revision: 0 });
});

test("edits are made again on a file that was changed while the server was away", async () => {
  await dieAfter(4);
  await desk.write("example", { ...example, name: "Changed" });
  await desk.start();
  expect(await desk.read("example")).toMatchObject({
    name: "Changed",
    nodes: { a: { params: { amount: 4 } } },
  });
});

test("where they do not fit the changed file, a copy holds them", async () => {
  await dieAfter(4);
  await desk.write("example", "no workflow at all");
  await desk.start();
  expect(await desk.read("example (recovered edits)")).toMatchObject({
    nodes: { a: { params: { amount: 4 } } },
  });
});

test("a last line that was cut off is left out, and rubbish harms nothing", async () => {
  await dieAfter(1);
  const [name = ""] = await readdir(join(desk.root, ".journal"));
  await appendFile(join(desk.root, ".journal", name), '{"kind":"edit","edit":"x","com');
  await appendFile(join(desk.root, ".journal", "rubbish.jsonl"), "rubbish");
  await desk.start();
  expect(await desk.read("example")).toMatchObject({ nodes: { a: { params: { amount: 1 } } } });
  expect(readJournal("")).toBeUndefined();
});
