import fc from "fast-check";
import { expect, test } from "vitest";
import { barLine } from "./bar-line.js";

test("shows place, share, time left and what runs", () => {
  const line = barLine(
    { prefix: "[2/9] ", fraction: 1 / 3, remaining: 12_000, activity: "sample step 5/15" },
    100,
  );
  expect(line).toBe(
    "[2/9] ━━━━━━━━──────────────── 33 %  12 s left  sample step 5/15".replace(" 33", "  33"),
  );
});

test("never wraps, whatever the width", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 40, max: 200 }),
      fc.double({ min: -1, max: 2 }),
      fc.string(),
      (columns, fraction, activity) => {
        const line = barLine({ prefix: "", fraction, remaining: 5, activity }, columns);
        expect(line.length).toBeLessThan(columns);
      },
    ),
  );
});
