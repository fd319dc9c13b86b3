import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MemoryCache } from "@diopter/engine";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { saveImage } from "../image/index.js";
import { temporaryFolder } from "../test/temporary-folder.js";
import { runNodes } from "./control-run.test-support.js";
import { images } from "./images.js";

const folder = temporaryFolder(afterAll);
mkdirSync(join(folder, "photos"));

async function picture(name: string, gray: number): Promise<void> {
  const background = { r: gray, g: gray, b: gray };
  const png = sharp({ create: { width: 4, height: 3, channels: 3, background } }).png();
  writeFileSync(join(folder, "photos", name), await png.toBuffer());
}

const nodes = {
  photos: { type: "control/images", params: { path: "photos" } },
  save: {
    type: "image/save",
    params: { path: "out/{name}.png" },
    inputs: { image: ["photos", "image"] },
  },
} as const;

const written = (name: string) => existsSync(join(folder, "out", `${name}.png`));

test("a folder is enlarged picture by picture: a bad one fails alone, done ones are skipped", async () => {
  await picture("b10.png", 10);
  await picture("b9.png", 20);
  await picture("same.png", 20);
  writeFileSync(join(folder, "photos", "broken.jpg"), "no picture at all");
  const cache = new MemoryCache({ maxBytes: 1 << 20 });
  const run = () => runNodes(nodes, [images, saveImage], folder, { cache });

  const first = await run();
  expect(first.status).toBe("failed");
  expect(first.nodes.photos?.items).toMatchObject({ executed: 3, failed: 1 });
  expect(first.nodes.photos?.error).toMatchObject({ code: "image/not-an-image", item: [2] });
  expect(first.nodes.save?.items).toMatchObject({ executed: 3, skipped: 1 });
  expect(["b9", "b10", "same"].map(written)).toEqual([true, true, true]);

  rmSync(join(folder, "photos", "broken.jpg"));
  rmSync(join(folder, "out", "b9.png"));
  await picture("new.png", 30);
  const second = await run();
  expect(second.status).toBe("succeeded");
  expect(second.nodes.save?.items).toMatchObject({ executed: 2, cached: 2 });
  expect(written("b9") && written("new")).toBe(true);
});

test("a pattern that fits nothing is an error at its parameter", async () => {
  const none = { photos: { ...nodes.photos, params: { path: "photos/*.webp" } }, save: nodes.save };
  const report = await runNodes(none, [images, saveImage], folder);
  expect(report.error).toMatchObject({ code: "file/not-found", node: "photos", port: "path" });
  expect(report.nodes.save?.status).toBe("skipped");
});

test("a folder outside of those that may be read is refused", async () => {
  const outside = { photos: { ...nodes.photos, params: { path: ".." } }, save: nodes.save };
  const report = await runNodes(outside, [images, saveImage], folder);
  expect(report.error).toMatchObject({ code: "file/outside", node: "photos" });
});
