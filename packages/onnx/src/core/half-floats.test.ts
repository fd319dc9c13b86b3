import { describe, expect, it } from "vitest";
import {
  bfloat16BitsToFloat32,
  float16BitsToFloat32,
  float32ToBfloat16Bits,
  float32ToFloat16Bits,
} from "./half-floats.js";

describe("half floats", () => {
  it.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65520, 0x7c00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [2 ** -25 * 1.5, 0x0001],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [2047.75, 0x6800],
    [Number.POSITIVE_INFINITY, 0x7c00],
  ])("writes %s as float16 %i", (value, bits) => {
    expect(float32ToFloat16Bits(value)).toBe(bits);
  });

  it.each([
    [1, 0x3f80],
    [-2.5, 0xc020],
    [1 + 2 ** -8, 0x3f80],
    [1 + 3 * 2 ** -8, 0x3f82],
    [3.4e38, 0x7f80],
  ])("writes %s as bfloat16 %i", (value, bits) => {
    expect(float32ToBfloat16Bits(value)).toBe(bits);
  });

  it("gives every pattern back after a round trip", () => {
    for (let bits = 0; bits < 0x10000; bits += 1) {
      const half = float16BitsToFloat32(bits);
      if (!Number.isNaN(half)) expect(float32ToFloat16Bits(half)).toBe(bits);
      const brain = bfloat16BitsToFloat32(bits);
      if (!Number.isNaN(brain)) expect(float32ToBfloat16Bits(brain)).toBe(bits);
    }
  });

  it("keeps NaN", () => {
    expect(float16BitsToFloat32(float32ToFloat16Bits(Number.NaN))).toBeNaN();
    expect(bfloat16BitsToFloat32(float32ToBfloat16Bits(Number.NaN))).toBeNaN();
  });
});
