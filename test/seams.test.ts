import { join } from "node:path";
import { tileLayout } from "@diopter/nodes/tiles";
import sharp from "sharp";
import { expect, it } from "vitest";
import { root, workspace } from "./support/diopter.js";

const { diopter, path } = workspace();
const downscale = 8;
const tile = 40;
const overlap = 16;
/** Levels of 8 bits that nobody sees: one value in a hundred differs by one. */
const invisible = 0.01;

async function pixels(name: string, ...settings: string[]) {
  const words = ["run", join(root, "workflows/upscale.json"), "--device", "cpu", "--quiet"];
  const files = ["--image", join(root, "examples/orchard-192x128.jpg"), "--output", name];
  const call = await diopter([...words, ...files, "--steps", "4", "--seed", "3", ...settings]);
  expect(call).toMatchObject({ code: 0 });
  return sharp(path(name)).raw().toBuffer({ resolveWithObject: true });
}

/** Places along one side, in pixels, at which a tile begins or ends inside of the picture. */
function borders(side: number): ReadonlySet<number> {
  const layout = tileLayout({
    width: side,
    height: side,
    tileWidth: tile,
    tileHeight: tile,
    overlap,
  });
  const ends = layout.origins.flatMap(({ x }) => [x, x + layout.tileWidth]);
  return new Set(ends.filter((place) => place > 0 && place < side).map((end) => end * downscale));
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

it("shows no seam: tiles differ from the whole no more at their borders than elsewhere", async () => {
  const whole = await pixels("whole.png");
  const tiled = await pixels(
    "tiled.png",
    "--set",
    `sample.tile=${tile}`,
    "--set",
    `sample.overlap=${overlap}`,
  );
  const { width, height, channels } = whole.info;
  const columns = new Float64Array(width);
  const rows = new Float64Array(height);
  whole.data.forEach((value, place) => {
    const difference = Math.abs(value - (tiled.data[place] ?? 0));
    const pixel = Math.floor(place / channels);
    columns[pixel % width] = (columns[pixel % width] ?? 0) + difference;
    rows[Math.floor(pixel / width)] = (rows[Math.floor(pixel / width)] ?? 0) + difference;
  });
  for (const [side, sums] of [
    [width, columns],
    [height, rows],
  ] as const) {
    const near = borders(side / downscale);
    const isNear = (_: number, place: number) => near.has(place) || near.has(place + 1);
    const perValue = [...sums].map((sum) => (sum * side) / whole.data.length);
    const atBorders = mean(perValue.filter(isNear));
    const elsewhere = mean(perValue.filter((sum, place) => !isNear(sum, place)));
    expect(near.size).toBeGreaterThan(1);
    expect(atBorders).toBeLessThanOrEqual(1.1 * elsewhere + invisible);
  }
});
