import { expect, test } from "vitest";
import { reflectPad } from "./reflect-pad.js";

const row = (...values: number[]) => ({
  data: Float32Array.from(values),
  planes: 1,
  width: values.length,
  height: 1,
});

test("mirrors without repeating the border, again and again", () => {
  expect([...reflectPad(row(1, 2, 3), 8, 1).data]).toEqual([1, 2, 3, 2, 1, 2, 3, 2]);
  expect([...reflectPad(row(5), 3, 2).data]).toEqual([5, 5, 5, 5, 5, 5]);
});

test("mirrors each plane downwards", () => {
  const picture = { data: Float32Array.of(1, 2, 3, 4), planes: 2, width: 1, height: 2 };
  expect([...reflectPad(picture, 1, 3).data]).toEqual([1, 2, 1, 3, 4, 3]);
});

test("gives back a picture that fits", () => {
  const picture = row(1, 2);
  expect(reflectPad(picture, 2, 1)).toBe(picture);
});
