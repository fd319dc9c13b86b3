import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { listPictures } from "./list-pictures.js";

let library = "";
beforeEach(async () => {
  library = await mkdtemp(join(tmpdir(), "diopter-pictures-"));
});
afterEach(() => rm(library, { recursive: true, force: true }));

const put = async (path: string, seconds: number) => {
  await mkdir(join(library, path, ".."), { recursive: true });
  await writeFile(join(library, path), "bytes");
  await utimes(join(library, path), seconds, seconds);
};

it("lists pictures of the folders, the newest first", async () => {
  await put("uploads/old.png", 1000);
  await put("examples/middle.JPG", 2000);
  await put("uploads/new.webp", 3000);
  expect(await listPictures(library, ["uploads", "examples"])).toEqual([
    { path: "uploads/new.webp", bytes: 5, modified: 3_000_000 },
    { path: "examples/middle.JPG", bytes: 5, modified: 2_000_000 },
    { path: "uploads/old.png", bytes: 5, modified: 1_000_000 },
  ]);
});

it("leaves out what is no picture, what is unfinished, folders, and folders that are missing", async () => {
  await put("uploads/.half.png", 1);
  await put("uploads/notes.txt", 1);
  await put("uploads/folder.png/inside.png", 1);
  expect(await listPictures(library, ["uploads", "gone"])).toEqual([]);
});
