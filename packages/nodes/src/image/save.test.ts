import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultParameters, float32Tensor } from "@diopter/engine";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { readEmbeddedWorkflow } from "../pictures/index.js";
import { testContext } from "../test/run-context.js";
import { temporaryFolder } from "../test/temporary-folder.js";
import { testImage } from "../test/test-image.js";
import { largestDifference, testPixels } from "../test/test-picture.js";
import { chooseDestination } from "./destination.js";
import { loadImage } from "./load.js";
import { saveImage } from "./save.js";

const folder = temporaryFolder(afterAll);
const defaults = {
  path: "output.png",
  format: "from-name",
  bitDepth: "as-loaded",
  quality: 95,
  chroma: "4:4:4",
  lossless: false,
  compression: 6,
  profile: "as-loaded",
  embedWorkflow: true,
  overwrite: true,
} as const;
const gradient = testImage(testPixels(20, 10), 20, 10);

describe("image/save", () => {
  test("writes what was loaded as it was, with the workflow inside", async () => {
    const data = Uint16Array.from({ length: 4 * 6 * 5 }, (_, index) => (index * 997) % 65536);
    const original = await sharp(data, { raw: { width: 6, height: 5, channels: 4 } })
      .toColourspace("rgb16")
      .png()
      .toBuffer();
    writeFileSync(join(folder, "original.png"), original);
    const context = testContext({ folder, workflowJson: '{"diopter":1,"nodes":{}}' });
    const loaded = await loadImage.run({}, { path: "original.png", maxMegapixels: 1 }, context);
    const saved = await saveImage.run(loaded, { ...defaults, path: "new/{name}.png" }, context);
    expect(saved.path).toBe("new/original.png");
    const path = join(folder, saved.path);
    const raw = (file: Buffer) =>
      sharp(file).toColourspace("rgb16").raw({ depth: "ushort" }).toBuffer();
    expect(await raw(readFileSync(path))).toEqual(await raw(original));
    expect(await readEmbeddedWorkflow(path)).toBe('{"diopter":1,"nodes":{}}');
    expect(context.told.notes).toEqual([]);
  });

  test("writes the same bytes twice", async () => {
    const context = testContext({ folder });
    for (const path of ["a.png", "b.png"]) {
      await saveImage.run({ image: gradient }, { ...defaults, path }, context);
    }
    expect(readFileSync(join(folder, "a.png"))).toEqual(readFileSync(join(folder, "b.png")));
  });

  test("writes gray as one channel, 8 bits when JPEG can hold no more", async () => {
    const origin = { bitDepth: 16, gray: true } as const;
    const image = { ...gradient, origin };
    await saveImage.run({ image }, { ...defaults, path: "gray.jpg" }, testContext({ folder }));
    const header = await sharp(join(folder, "gray.jpg")).metadata();
    expect(header).toMatchObject({ format: "jpeg", channels: 1, depth: "uchar" });
  });

  test("numbers the pictures of a batch", async () => {
    const pixels = float32Tensor([2, 3, 4, 4], new Float32Array(96).fill(1, 48));
    const saved = await saveImage.run(
      { image: { pixels } },
      { ...defaults, path: "batch.png", embedWorkflow: false },
      testContext({ folder }),
    );
    expect(saved.path).toBe("batch-01.png\nbatch-02.png");
    const second = await sharp(join(folder, "batch-02.png")).raw().toBuffer();
    expect(largestDifference(second, new Uint8Array(48).fill(255))).toBe(0);
    expect(await readEmbeddedWorkflow(join(folder, "batch-02.png"))).toBeUndefined();
  });

  test("leaves an existing file alone when told to", async () => {
    writeFileSync(join(folder, "kept.png"), "kept");
    const run = saveImage.run(
      { image: gradient },
      { ...defaults, path: "kept.png", overwrite: false },
      testContext({ folder }),
    );
    await expect(run).rejects.toMatchObject({ code: "output/exists" });
    expect(readFileSync(join(folder, "kept.png"), "utf8")).toBe("kept");
  });

  test("refuses a folder's name", async () => {
    mkdirSync(join(folder, "taken.png"));
    const run = saveImage.run(
      { image: gradient },
      { ...defaults, path: "taken.png" },
      testContext({ folder }),
    );
    await expect(run).rejects.toMatchObject({ code: "output/unwritable" });
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("writes nothing once cancelled", async () => {
    const context = testContext({ folder, signal: AbortSignal.abort() });
    const run = saveImage.run({ image: gradient }, { ...defaults, path: "never.png" }, context);
    await expect(run).rejects.toThrow();
    expect(existsSync(join(folder, "never.png"))).toBe(false);
  });

  test("declares the defaults that it is tested with", () => {
    expect(defaultParameters(saveImage.params)).toEqual(defaults);
  });
});

describe("chooseDestination", () => {
  const origin = { path: "photos/cat.v2.jpeg", bitDepth: 8, gray: false } as const;
  test.each([
    ["out.JPG", "from-name", "out.JPG", "jpeg"],
    ["out/{name}-x4.webp", "from-name", "out/cat.v2-x4.webp", "webp"],
    ["plain", "from-name", "plain.png", "png"],
    ["plain", "jpeg", "plain.jpg", "jpeg"],
    ["odd.data", "tiff", "odd.data", "tiff"],
  ] as const)("%s as %s is %s", (path, format, expected, chosen) => {
    expect(chooseDestination(path, format, origin, 1)).toEqual({
      paths: [expected],
      format: chosen,
    });
  });

  test("refuses an ending that stands for no format", () => {
    expect(() => chooseDestination("x.psd", "from-name", undefined, 1)).toThrow(/x\.psd/);
  });
});
