import { expect, test } from "vitest";
import { formatDuration } from "./duration.js";

test.each([
  [0, "0.0 s"],
  [449, "0.4 s"],
  [9_949, "9.9 s"],
  [12_300, "12 s"],
  [59_600, "1 min 00 s"],
  [185_000, "3 min 05 s"],
  [3_599_700, "1 h 00 min"],
  [7_800_000, "2 h 10 min"],
])("%i ms reads %s", (milliseconds, expected) => {
  expect(formatDuration(milliseconds)).toBe(expected);
});
