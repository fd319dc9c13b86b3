import { readdirSync, readFileSync } from "node:fs";
import sharp from "sharp";
import { expect, it } from "vitest";
import { renderPictures } from "./examples/pictures.js";

const folder = new URL("../examples/", import.meta.url);

const pixelsOf = (bytes: Buffer) =>
  sharp(bytes).raw({ depth: "ushort" }).toBuffer({ resolveWithObject: true });

it("renders the pictures of examples/ again, pixel for pixel", async () => {
  const rendered = await renderPictures();
  const names = rendered.map(({ name }) => name).sort();
  expect(
    readdirSync(folder)
      .filter((name) => !name.endsWith(".md"))
      .sort(),
  ).toEqual(names);
  for (const { name, bytes } of rendered) {
    const shipped = readFileSync(new URL(name, folder));
    const [expected, actual] = await Promise.all([pixelsOf(shipped), pixelsOf(bytes)]);
    expect(actual.info, name).toEqual(expected.info);
    expect(actual.data.equals(expected.data), name).toBe(true);
  }
}, 120_000);

it.each([
  ["orchard-192x128.jpg", { width: 192, height: 128, channels: 3, depth: "uchar" }],
  ["sign-127x95.png", { width: 127, height: 95, channels: 3, depth: "uchar" }],
  ["orchard-gray-96x64.png", { width: 96, height: 64, channels: 1, depth: "uchar" }],
  ["tree-alpha-90x101.png", { width: 90, height: 101, channels: 4, hasAlpha: true }],
  ["dusk-16bit-96x64.png", { width: 96, height: 64, channels: 3, depth: "ushort" }],
  ["dusk-gray-16bit-33x47.png", { width: 33, height: 47, channels: 1, depth: "ushort" }],
  ["orchard-p3-96x64.jpg", { width: 96, height: 64, hasProfile: true }],
  ["orchard-rotated-96x64.jpg", { width: 64, height: 96, orientation: 6 }],
])("ships %s in the format that its name promises", async (name, expected) => {
  const metadata = await sharp(readFileSync(new URL(name, folder))).metadata();
  expect(metadata).toMatchObject(expected);
});
