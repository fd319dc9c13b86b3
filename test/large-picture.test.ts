import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, it } from "vitest";
import { root, workspace } from "./support/diopter.js";

const { diopter, path } = workspace();
const gigabyte = 1e9;

it("makes 4096 × 4096 pixels in less than 2 GB", { timeout: 400_000 }, async () => {
  const small = join(root, "examples/orchard-192x128.jpg");
  await sharp(small).resize(1024, 1024, { fit: "fill" }).toFile(path("photo.png"));
  const words = ["run", join(root, "workflows/upscale.json"), "--device", "cpu", "--steps", "1"];
  const files = ["--image", "photo.png", "--output", "large.png", "--report", "report.json"];

  const call = await diopter([...words, ...files]);

  expect(call.code).toBe(0);
  expect(await sharp(path("large.png")).metadata()).toMatchObject({ width: 4096, height: 4096 });
  const report: { peakMemoryBytes: number } = JSON.parse(readFileSync(path("report.json"), "utf8"));
  expect(report.peakMemoryBytes).toBeLessThan(2 * gigabyte);
});
