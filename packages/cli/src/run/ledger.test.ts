import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BatchLedger, fingerprint } from "./ledger.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "diopter-ledger-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a recorded result is done until it, or what is asked for, changes", async () => {
  const result = join(folder, "a.png");
  await writeFile(result, "picture");
  await (await BatchLedger.open(folder)).record(result, "request 1");

  const ledger = await BatchLedger.open(folder);
  expect(await ledger.isDone(result, "request 1")).toBe(true);
  expect(await ledger.isDone(result, "request 2")).toBe(false);
  expect(await ledger.isDone(join(folder, "b.png"), "request 1")).toBe(false);

  await writeFile(result, "another picture");
  expect(await ledger.isDone(result, "request 1")).toBe(false);
});

test.each(["", "{", "null", '{"a.png": 3}', "[]"])(
  "a ledger that reads %j counts as empty",
  async (text) => {
    await writeFile(join(folder, ".diopter-batch.json"), text);
    const ledger = await BatchLedger.open(folder);
    expect(await ledger.isDone("a.png", "request")).toBe(false);
  },
);

test("fingerprints tell apart where one part ends and the next begins", () => {
  expect(fingerprint(["ab", "c"])).not.toBe(fingerprint(["a", "bc"]));
});
