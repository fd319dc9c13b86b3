import { expect, it } from "vitest";
import { printAgo, printBytes, printDuration } from "./quantities.js";

it.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [1000, "1.0 s"],
  [9960, "10 s"],
  [59_600, "1 min"],
  [200_000, "3 min 20 s"],
  [3_599_800, "1 h"],
  [3_900_000, "1 h 5 min"],
])("prints %d ms as %s", (milliseconds, text) => {
  expect(printDuration(milliseconds)).toBe(text);
});

it.each([
  [812, "812 B"],
  [3_400_000, "3.4 MB"],
  [999_600, "1.0 MB"],
  [250_000_000, "250 MB"],
])("prints %d bytes as %s", (bytes, text) => {
  expect(printBytes(bytes)).toBe(text);
});

it("prints how long ago something was", () => {
  const now = Date.UTC(2030, 4, 6, 12);
  expect(printAgo(now - 20_000, now)).toBe("just now");
  expect(printAgo(now - 5 * 60_000, now)).toBe("5 min ago");
  expect(printAgo(now - 3 * 3_600_000, now)).toBe("3 h ago");
  expect(printAgo(now - 48 * 3_600_000, now)).toBe("4 May");
});
