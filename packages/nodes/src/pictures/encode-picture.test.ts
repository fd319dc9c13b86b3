import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../test/temporary-folder.js";
import { largestDifference, noiseArray } from "../test/test-picture.js";
import { findEmbeddedWorkflow } from "./embedded-workflow.js";
import { type EncodeOptions, encodePicture } from "./encode-picture.js";
import { readPicture } from "./read-picture.js";

const folder = temporaryFolder(afterAll);
const defaults: EncodeOptions = {
  format: "png",
  bitDepth: 8,
  gray: false,
  quality: 95,
  chroma: "4:4:4",
  lossless: true,
  compression: 6,
};
const levels = (length: number, depth: 8 | 16): Float32Array =>
  noiseArray(length).map((value) => {
    const largest = 2 ** depth - 1;
    return Math.round(value * largest) / largest;
  });

async function readBack(bytes: Buffer) {
  const path = join(folder, "back");
  writeFileSync(path, bytes);
  return readPicture(path, { maxPixels: 1e6 });
}

describe("encodePicture", () => {
  test.each([
    ["png", 8, false],
    ["png", 16, false],
    ["png", 16, true],
    ["png", 8, true],
    ["tiff", 8, false],
    ["tiff", 16, true],
    ["webp", 8, false],
  ] as const)("returns every level of %s at %i bits, gray: %s", async (format, bitDepth, gray) => {
    const plane = levels(33 * 150, bitDepth);
    const pixels = gray
      ? Float32Array.of(...plane, ...plane, ...plane)
      : levels(3 * 33 * 150, bitDepth);
    const alpha = levels(33 * 150, bitDepth).reverse();
    const picture = { width: 33, height: 150, pixels, alpha };
    const { bytes, notes } = await encodePicture(picture, { ...defaults, format, bitDepth, gray });
    const back = await readBack(bytes);
    expect(notes).toEqual([]);
    expect(back).toMatchObject({ width: 33, height: 150, bitDepth, gray });
    expect(largestDifference(back.pixels, pixels)).toBe(0);
    expect(largestDifference(back.alpha ?? [], alpha)).toBe(0);
  });

  test("rounds to the nearest, clamps, and says what was not finite", async () => {
    const pixels = Float32Array.of(0.4 / 255, 0.6 / 255, 254.6 / 255, 1.7, -0.2, Number.NaN);
    const picture = { width: 2, height: 1, pixels };
    const { bytes, notes } = await encodePicture(picture, defaults);
    const raw = await sharp(bytes).raw().toBuffer();
    expect([...raw]).toEqual([0, 255, 0, 1, 255, 0]);
    expect(notes).toEqual(["1 values were not finite and were written as 0."]);
  });

  test("gives the same bytes for the same picture", async () => {
    const picture = { width: 40, height: 40, pixels: levels(4800, 8) };
    for (const format of ["png", "jpeg", "webp", "tiff"] as const) {
      const options = { ...defaults, format, workflow: '{"diopter":1}' };
      const [first, second] = await Promise.all([
        encodePicture(picture, options),
        encodePicture(picture, options),
      ]);
      expect(first.bytes.equals(second.bytes)).toBe(true);
    }
  });

  test("writes JPEG in 4:4:4 and blends transparency onto white", async () => {
    const picture = {
      width: 8,
      height: 8,
      pixels: new Float32Array(192),
      alpha: new Float32Array(64).fill(0.25),
    };
    const { bytes, notes } = await encodePicture(picture, { ...defaults, format: "jpeg" });
    expect((await sharp(bytes).metadata()).chromaSubsampling).toBe("4:4:4");
    const back = await readBack(bytes);
    expect(largestDifference(back.pixels, new Float32Array(192).fill(0.75))).toBeLessThan(0.01);
    expect(notes).toEqual(["JPEG holds no transparency: the picture was blended onto white."]);
  });

  test("converts back to the picture's own profile", async () => {
    const data = Uint8Array.from(noiseArray(300), (value) => 40 + Math.floor(value * 100));
    const p3 = await sharp(data, { raw: { width: 10, height: 10, channels: 3 } })
      .withIccProfile("p3")
      .png()
      .toBuffer();
    const picture = await readBack(p3);
    const { bytes } = await encodePicture(picture, { ...defaults, icc: picture.icc });
    const header = await sharp(bytes).metadata();
    expect(header.icc?.equals((await sharp(p3).metadata()).icc ?? Buffer.alloc(0))).toBe(true);
    const stored = (file: Buffer) => sharp(file, { ignoreIcc: true }).raw().toBuffer();
    expect(largestDifference(await stored(bytes), await stored(p3))).toBeLessThanOrEqual(1);
  });

  test.each(["png", "jpeg", "webp", "tiff"] as const)("embeds a workflow in %s", async (format) => {
    const workflow = JSON.stringify({ diopter: 1, name: "A & <b> ü 景", nodes: {} });
    const picture = { width: 8, height: 8, pixels: levels(192, 8) };
    const { bytes } = await encodePicture(picture, { ...defaults, format, workflow });
    expect(await findEmbeddedWorkflow(bytes, "test")).toBe(workflow);
    expect((await readBack(bytes)).width).toBe(8);
  });

  test("embeds a workflow of more than one JPEG segment, and says when none fits", async () => {
    const nodes = Array.from({ length: 9000 }, (_, index) => `node-${index}`);
    const picture = { width: 8, height: 8, pixels: levels(192, 8) };
    const large = { ...defaults, format: "jpeg", workflow: JSON.stringify(nodes) } as const;
    const { bytes } = await encodePicture(picture, large);
    expect(await findEmbeddedWorkflow(bytes, "test")).toBe(large.workflow);
    const random = JSON.stringify([...noiseArray(20_000)]);
    const refused = await encodePicture(picture, { ...large, workflow: random });
    expect(refused.notes.join()).toMatch(/too large to be embedded in a jpeg/);
    expect(await findEmbeddedWorkflow(refused.bytes, "test")).toBeUndefined();
  });

  test.each([
    [{ format: "jpeg", bitDepth: 16 }, 8, "bitDepth"],
    [{ format: "webp" }, 16_384, "format"],
    [{ format: "jpeg" }, 65_536, "format"],
  ] as const)("refuses what the format cannot hold: %o", async (change, width, port) => {
    const picture = { width, height: 1, pixels: new Float32Array(3 * width) };
    await expect(encodePicture(picture, { ...defaults, ...change })).rejects.toMatchObject({
      code: "node/invalid-value",
      port,
    });
  });
});
