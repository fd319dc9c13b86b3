import fc from "fast-check";
import { expect, test } from "vitest";
import { filterRow } from "./png-filter.js";

/** As PNG 3rd edition, 9.4, puts it. */
function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((v) => Math.abs(estimate - v));
  if (toLeft === undefined || toAbove === undefined || toCorner === undefined) return 0;
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

test("a decoder that follows the standard gets the row back", () => {
  const row = fc.integer({ min: 1, max: 8 }).chain((pixelBytes) =>
    fc.record({
      pixelBytes: fc.constant(pixelBytes),
      rows: fc
        .integer({ min: 1, max: 12 })
        .chain((pixels) =>
          fc.uint8Array({ minLength: 2 * pixels * pixelBytes, maxLength: 2 * pixels * pixelBytes }),
        ),
    }),
  );
  fc.assert(
    fc.property(row, ({ rows, pixelBytes }) => {
      const width = rows.length / 2;
      const filtered = new Uint8Array(width + 2).fill(77);
      filterRow(rows, pixelBytes, filtered, 1);
      const back = new Uint8Array(width);
      for (let x = 0; x < width; x += 1) {
        const left = back[x - pixelBytes] ?? 0;
        const corner = x < pixelBytes ? 0 : (rows[x - pixelBytes] ?? 0);
        back[x] = (filtered[x + 1] ?? 0) + paeth(left, rows[x] ?? 0, corner);
      }
      expect(back).toEqual(rows.subarray(width));
      expect([filtered[0], filtered[width + 1]]).toEqual([77, 77]);
    }),
    { numRuns: 300 },
  );
});
