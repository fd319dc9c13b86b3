import { expect, test } from "vitest";
import { Pace } from "./pace.js";

test("nothing is known before anything was done", () => {
  expect(new Pace(0).timeFor(10)).toBeUndefined();
});

test("a steady pace is extended", () => {
  const pace = new Pace(0);
  for (let second = 1; second <= 10; second += 1) pace.update(2 * second, 1000 * second);
  expect(pace.timeFor(4)).toBe(2000);
});

test("follows a pace that changes, and forgets the old one", () => {
  const pace = new Pace(0, 1000);
  pace.update(10, 1000);
  for (let second = 2; second <= 12; second += 1) pace.update(10 + second - 1, 1000 * second);
  const left = pace.timeFor(1) ?? 0;
  expect(left).toBeGreaterThan(950);
  expect(left).toBeLessThanOrEqual(1000);
});
