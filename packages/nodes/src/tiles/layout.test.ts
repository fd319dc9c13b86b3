import { DiopterError } from "@diopter/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layoutAxes, scaleLayout, tileLayout } from "./layout.js";

describe("tileLayout", () => {
  test("pulls the last tile back inside", () => {
    const layout = tileLayout({
      width: 150,
      height: 64,
      tileWidth: 64,
      tileHeight: 64,
      overlap: 8,
    });
    expect(layout.origins).toEqual([
      { x: 0, y: 0 },
      { x: 56, y: 0 },
      { x: 86, y: 0 },
    ]);
  });

  test("does without a tile that would add nothing", () => {
    const layout = tileLayout({
      width: 120,
      height: 64,
      tileWidth: 64,
      tileHeight: 64,
      overlap: 8,
    });
    expect(layoutAxes(layout)).toEqual({ columns: [0, 56], rows: [0] });
  });

  test("shrinks a tile that is larger than the picture, whatever the overlap", () => {
    const layout = tileLayout({ width: 5, height: 9, tileWidth: 64, tileHeight: 64, overlap: 32 });
    expect(layout).toMatchObject({ tileWidth: 5, tileHeight: 9, origins: [{ x: 0, y: 0 }] });
  });

  test.each([
    [{ width: 100, height: 100, tileWidth: 32, tileHeight: 32, overlap: 32 }, "overlap"],
    [{ width: 0, height: 100, tileWidth: 32, tileHeight: 32, overlap: 0 }, "width"],
    [{ width: 10, height: 10, tileWidth: 3.5, tileHeight: 32, overlap: 0 }, "tileWidth"],
    [{ width: 10, height: 10, tileWidth: 3, tileHeight: 3, overlap: -1 }, "overlap"],
  ])("refuses %o", (options, port) => {
    const refusal = expect(() => tileLayout(options));
    refusal.toThrow(DiopterError);
    refusal.toThrow(expect.objectContaining({ code: "node/invalid-value", port }));
  });

  test("covers every element, inside the picture, with at least the overlap", () => {
    const sizes = fc.record({
      width: fc.integer({ min: 1, max: 300 }),
      height: fc.integer({ min: 1, max: 300 }),
      tileWidth: fc.integer({ min: 9, max: 80 }),
      tileHeight: fc.integer({ min: 9, max: 80 }),
      overlap: fc.integer({ min: 0, max: 8 }),
    });
    fc.assert(
      fc.property(sizes, (options) => {
        const layout = tileLayout(options);
        const { columns, rows } = layoutAxes(layout);
        expect(layout.origins).toHaveLength(columns.length * rows.length);
        for (const [origins, tile, length] of [
          [columns, layout.tileWidth, layout.width],
          [rows, layout.tileHeight, layout.height],
        ] as const) {
          expect(origins[0]).toBe(0);
          expect(origins.at(-1)).toBe(length - tile);
          const steps = origins.slice(1).map((origin, index) => origin - (origins[index] ?? 0));
          for (const step of steps) {
            expect(step).toBeGreaterThan(0);
            expect(tile - step).toBeGreaterThanOrEqual(options.overlap);
          }
        }
      }),
    );
  });

  test("scales from latent elements to pixels", () => {
    const layout = tileLayout({ width: 20, height: 10, tileWidth: 16, tileHeight: 8, overlap: 2 });
    expect(scaleLayout(layout, 8)).toEqual({
      width: 160,
      height: 80,
      tileWidth: 128,
      tileHeight: 64,
      overlap: 16,
      origins: [
        { x: 0, y: 0 },
        { x: 32, y: 0 },
        { x: 0, y: 16 },
        { x: 32, y: 16 },
      ],
    });
  });
});
