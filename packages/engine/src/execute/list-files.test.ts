import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "./example-run.test-support.js";
import { listFiles } from "./list-files.js";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, "more"));
for (const name of ["b10.jpg", "b9.JPG", "notes.txt", ".hidden.png", "a[1].png", "more/c.png"]) {
  writeFileSync(join(folder, name), "");
}

const list = async (path: string) => {
  const files = await listFiles(path, "image", (name) => join(folder, name.replace(folder, "")));
  return files.map((file) => relative(folder, file));
};

test.each([
  [".", ["a[1].png", "b9.JPG", "b10.jpg"]],
  ["*.jpg", ["b10.jpg"]],
  ["b?.{JPG,png}", ["b9.JPG"]],
  ["**/*.png", ["a[1].png", "more/c.png"]],
  ["more/*", ["more/c.png"]],
  ["a[1].png", ["a[1].png"]],
  ["notes.txt", ["notes.txt"]],
])("%s names %j", async (path, expected) => {
  expect(await list(path)).toEqual(expected);
});

test.each(["", "gone", "*.webp", "more/*.jpg"])("%j names nothing", async (path) => {
  await expect(list(path)).rejects.toMatchObject({ code: "file/not-found" });
});
