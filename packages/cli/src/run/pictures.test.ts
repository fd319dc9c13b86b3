import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { selectPictures } from "./pictures.js";

let directory = "";

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "diopter-pictures-"));
  await mkdir(join(directory, "photos", "within"), { recursive: true });
  for (const name of ["a10.PNG", "a9.png", "notes.txt", "within/b.png"]) {
    await writeFile(join(directory, "photos", name), "");
  }
});
afterAll(() => rm(directory, { recursive: true }));

const names = (paths: readonly string[]) => paths.map((path) => basename(path));

test("a file is one picture", async () => {
  const selection = await selectPictures("photos/a9.png", directory);
  expect(selection).toEqual({ paths: [join(directory, "photos/a9.png")], many: false });
});

test("a folder gives its pictures in natural order, whatever the case of their endings", async () => {
  const selection = await selectPictures("photos", directory);
  expect(names(selection.paths)).toEqual(["a9.png", "a10.PNG"]);
  expect(selection.many).toBe(true);
});

test("a pattern may reach into folders", async () => {
  const selection = await selectPictures("photos/**/*.png", directory);
  expect(names(selection.paths)).toContain("b.png");
});

test.each(["photos/none.png", "photos/*.jpg", "photos/within/none"])(
  "%s is not found, and says so",
  async (value) => {
    await expect(selectPictures(value, directory)).rejects.toMatchObject({
      code: "file/not-found",
    });
  },
);
