import { resolve } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { commonFolder, destinations } from "./destinations.js";

const plan = (pictures: string[], many: boolean, output?: string) =>
  destinations({ pictures, many, output, preset: "large.webp", directory: "/results" });

test("one picture goes where the workflow or --output says", async () => {
  expect(await plan(["/photos/a.png"], false)).toEqual(["/results/large.webp"]);
  expect(await plan(["/photos/a.png"], false, "b.jpg")).toEqual(["/results/b.jpg"]);
});

test("an output with a slash behind it is a folder", async () => {
  expect(await plan(["/photos/a.png"], false, "results/")).toEqual(["/results/results/a.webp"]);
});

test("many pictures keep their names and the folders that tell them apart", async () => {
  expect(await plan(["/photos/x/a.png", "/photos/y/a.png"], true)).toEqual([
    "/results/output/x/a.webp",
    "/results/output/y/a.webp",
  ]);
});

test("pictures of one name in one folder get a number", async () => {
  expect(await plan(["/photos/a.png", "/photos/a.jpg"], true, "out")).toEqual([
    "/results/out/a.webp",
    "/results/out/a-2.webp",
  ]);
});

test("no result replaces a picture or another result", async () => {
  const name = fc.constantFrom("a", "b", "x/a", "x/y/a");
  const ending = fc.constantFrom(".png", ".webp", ".jpg");
  const picture = fc.tuple(name, ending).map(([stem, end]) => resolve("/photos", stem + end));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(picture, { minLength: 1 }), async (pictures) => {
      const results = await plan(pictures, true, "/photos");
      expect(new Set([...pictures, ...results]).size).toBe(2 * pictures.length);
    }),
  );
});

test("folders share the deepest folder above all of them", () => {
  expect(commonFolder(["/a/b/c", "/a/bc"])).toBe("/a");
  expect(commonFolder(["/a/b"])).toBe("/a/b");
  expect(commonFolder(["/a", "/b"])).toBe("/");
});
