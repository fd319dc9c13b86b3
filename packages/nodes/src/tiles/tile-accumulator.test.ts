import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutTile } from "./cut-tile.js";
import { gaussianWeights } from "./gaussian-weights.js";
import { tileLayout } from "./layout.js";
import { accumulateWhole, type RowBand, TileAccumulator } from "./tile-accumulator.js";

const noise = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, index) => {
    const wave = Math.sin((index + 1) * 12.9898 + seed * 78.233) * 43758.5453;
    return wave - Math.floor(wave);
  });

describe("TileAccumulator", () => {
  test("restores the picture from its own tiles, to 1e-6, for any size and overlap", () => {
    const cases = fc.record({
      width: fc.integer({ min: 1, max: 90 }),
      height: fc.integer({ min: 1, max: 90 }),
      tileWidth: fc.integer({ min: 13, max: 40 }),
      tileHeight: fc.integer({ min: 13, max: 40 }),
      overlap: fc.integer({ min: 0, max: 12 }),
      planes: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(cases, ({ planes, ...options }) => {
        const layout = tileLayout(options);
        const picture = noise(planes * options.width * options.height, planes);
        const { accumulator, data } = accumulateWhole(layout, planes);
        layout.origins.forEach((_, index) => {
          accumulator.add(cutTile(picture, planes, layout, index));
        });
        const largest = picture.reduce(
          (most, value, index) => Math.max(most, Math.abs(value - (data[index] ?? Number.NaN))),
          0,
        );
        expect(largest).toBeLessThan(1e-6);
      }),
      { numRuns: 60 },
    );
  });

  test("is Σ(w·tile)/Σw for tiles that differ", () => {
    const layout = tileLayout({ width: 13, height: 11, tileWidth: 8, tileHeight: 8, overlap: 3 });
    const weights = gaussianWeights(8);
    const sums = new Float64Array(13 * 11);
    const totals = new Float64Array(13 * 11);
    const { accumulator, data } = accumulateWhole(layout, 1);
    layout.origins.forEach((origin, index) => {
      const tile = noise(64, index);
      accumulator.add(tile);
      tile.forEach((value, place) => {
        const x = place % 8;
        const y = Math.floor(place / 8);
        const weight = (weights[x] ?? 0) * (weights[y] ?? 0);
        const target = (origin.y + y) * 13 + origin.x + x;
        sums[target] = (sums[target] ?? 0) + weight * value;
        totals[target] = (totals[target] ?? 0) + weight;
      });
    });
    data.forEach((value, place) => {
      expect(value).toBeCloseTo((sums[place] ?? 0) / (totals[place] ?? 0), 6);
    });
  });

  test("emits bands from top to bottom as soon as they are final", () => {
    const layout = tileLayout({ width: 4, height: 10, tileWidth: 4, tileHeight: 4, overlap: 1 });
    const bands: RowBand[] = [];
    const accumulator = new TileAccumulator(layout, 1, (band) => bands.push(band));
    accumulator.add(new Float32Array(16).fill(0.25));
    expect(bands.map(({ y, rows }) => [y, rows])).toEqual([[0, 3]]);
    accumulator.add(new Float32Array(16).fill(0.25));
    accumulator.add(new Float32Array(16).fill(0.25));
    expect(bands.map(({ y, rows }) => [y, rows])).toEqual([
      [0, 3],
      [3, 3],
      [6, 4],
    ]);
    expect(() => accumulator.add(new Float32Array(16))).toThrow(RangeError);
  });

  test("refuses a tile of another size", () => {
    const layout = tileLayout({ width: 8, height: 8, tileWidth: 4, tileHeight: 4, overlap: 0 });
    expect(() => accumulateWhole(layout, 3).accumulator.add(new Float32Array(16))).toThrow(
      /3 × 4 × 4/,
    );
  });
});
