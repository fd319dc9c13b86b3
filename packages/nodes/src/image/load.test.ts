import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { temporaryFolder } from "../test/temporary-folder.js";
import { loadImage } from "./load.js";

const folder = temporaryFolder(afterAll);

describe("image/load", () => {
  test("reads a 16-bit gray picture with alpha, a worked example", async () => {
    const data = Uint16Array.of(0, 65535, 32768, 30000, 65535, 0, 257, 65535);
    const png = await sharp(data, { raw: { width: 2, height: 2, channels: 2 } })
      .toColourspace("grey16")
      .png()
      .toBuffer();
    writeFileSync(join(folder, "gray.png"), png);
    const context = testContext({ folder });
    const { image } = await loadImage.run({}, { path: "gray.png", maxMegapixels: 1 }, context);
    expect(image.origin).toEqual({ path: "gray.png", bitDepth: 16, gray: true });
    expect(image.pixels.shape).toEqual([1, 3, 2, 2]);
    const gray = [0, 32768 / 65535, 1, 257 / 65535].map(Math.fround);
    expect([...(await image.pixels.read())]).toEqual([...gray, ...gray, ...gray]);
    expect(image.alpha?.shape).toEqual([1, 1, 2, 2]);
    expect([...((await image.alpha?.read()) ?? [])]).toEqual(
      [1, 30000 / 65535, 0, 1].map(Math.fround),
    );
    expect(context.told.previews).toEqual([{ kind: "image", pixels: image.pixels }]);
  });

  test("tells what is worth knowing", async () => {
    const gif = await sharp(new Uint8Array(4 * 8 * 3), {
      raw: { width: 4, height: 8, channels: 3, pageHeight: 4 },
    })
      .gif({ keepDuplicateFrames: true })
      .toBuffer();
    writeFileSync(join(folder, "moving.gif"), gif);
    const context = testContext({ folder });
    await loadImage.run({}, { path: "moving.gif", maxMegapixels: 1 }, context);
    expect(context.told.notes).toHaveLength(1);
  });

  test("refuses more pixels than it may read", async () => {
    const wide = await sharp({
      create: { width: 1100, height: 1000, channels: 3, background: "red" },
    })
      .png()
      .toBuffer();
    writeFileSync(join(folder, "wide.png"), wide);
    await expect(
      loadImage.run({}, { path: "wide.png", maxMegapixels: 1 }, testContext({ folder })),
    ).rejects.toMatchObject({ code: "image/too-large" });
  });
});
