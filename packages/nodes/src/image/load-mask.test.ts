import { join } from "node:path";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { temporaryFolder } from "../test/temporary-folder.js";
import { loadMask } from "./load-mask.js";

const folder = temporaryFolder(afterAll);

const values = async (path: string, channel: "alpha" | "red" | "blue", invert = false) => {
  const { map } = await loadMask.run({}, { path, channel, invert }, testContext());
  return [...(await map.values.read())].map((value) => Math.round(value * 255));
};

test("reads one channel, or the opacity, and inverts it", async () => {
  const path = join(folder, "mask.png");
  const data = Uint8Array.of(255, 0, 51, 255, 10, 20, 30, 0);
  await sharp(data, { raw: { width: 2, height: 1, channels: 4 } })
    .png()
    .toFile(path);
  expect(await values(path, "red")).toEqual([255, 10]);
  expect(await values(path, "blue")).toEqual([51, 30]);
  expect(await values(path, "alpha")).toEqual([255, 0]);
  expect(await values(path, "alpha", true)).toEqual([0, 255]);
});

test("a picture without alpha is opaque throughout", async () => {
  const path = join(folder, "opaque.png");
  await sharp(new Uint8Array(6), { raw: { width: 2, height: 1, channels: 3 } })
    .png()
    .toFile(path);
  expect(await values(path, "alpha")).toEqual([255, 255]);
});
