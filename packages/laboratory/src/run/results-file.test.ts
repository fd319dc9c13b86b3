import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/synthetic.js";
import { type ResultItem, ResultsFile } from "./results-file.js";

const item = (key: string): ResultItem => ({
  key,
  row: "r",
  set: "s",
  picture: "p",
  degradation: "d",
  seed: 0,
  values: { psnr: 30 },
  nodes: {},
});

test("finds again what was added, after a line that was cut off or is none", async () => {
  const path = join(temporaryFolder(), "deep", "results.jsonl");
  const first = await ResultsFile.open(path, true);
  await first.add(item("one"));
  await appendFile(path, 'not JSON\n{"key": "no item"}\n{"key":"tw');
  const second = await ResultsFile.open(path, true);
  expect(second.items).toEqual([item("one")]);
  await second.add(item("three"));
  const third = await ResultsFile.open(path, true);
  expect(third.find(item("three"))).toEqual(item("three"));
  expect(third.find({ ...item("three"), row: "other" })).toBeUndefined();
  expect(await readFile(path, "utf8")).not.toContain('"tw');
});

test("begins anew where it is not to resume", async () => {
  const path = join(temporaryFolder(), "results.jsonl");
  await (await ResultsFile.open(path, true)).add(item("one"));
  expect((await ResultsFile.open(path, false)).items).toEqual([]);
});
