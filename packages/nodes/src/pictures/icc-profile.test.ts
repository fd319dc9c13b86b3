import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { largestDifference, noiseArray } from "../test/test-picture.js";
import { profileToSrgb, srgbToProfile } from "./convert-colour.js";
import { decodeSrgb, encodeSrgb, invertCurve, readToneCurve } from "./icc-curve.js";
import { invertMatrix, readArithmeticProfile } from "./icc-profile.js";

async function profileOf(name: string): Promise<Buffer> {
  const create = { width: 1, height: 1, channels: 3, background: "white" } as const;
  const png = await sharp({ create }).withIccProfile(name).png().toBuffer();
  return (await sharp(png).metadata()).icc ?? Buffer.alloc(0);
}

/** A `curv` or `para` element: its kind, then 16-bit numbers from byte 8 on. */
function element(kind: string, words: readonly number[]): DataView {
  const bytes = Buffer.alloc(Math.max(12, 8 + words.length * 2));
  bytes.write(kind, 0, "latin1");
  words.forEach((word, index) => {
    bytes.writeUInt16BE(word, 8 + index * 2);
  });
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** A number as the two words of an s15Fixed16. */
const fixed = (value: number): readonly number[] => {
  const whole = Math.round(value * 65536);
  return [(whole >> 16) & 0xffff, whole & 0xffff];
};

describe("readArithmeticProfile", () => {
  test("knows sRGB", async () => {
    expect(readArithmeticProfile(await profileOf("srgb"))).toMatchObject({
      space: "rgb",
      isSrgb: true,
    });
  });

  test("reads the primaries of Display P3 as published", async () => {
    const profile = readArithmeticProfile(await profileOf("p3"));
    expect(profile?.isSrgb).toBe(false);
    const published = [1.2249, -0.2247, 0, -0.042, 1.0419, 0, -0.0197, -0.0786, 1.0979];
    expect(largestDifference(profile?.toLinearSrgb ?? [], published)).toBeLessThan(2e-3);
  });

  test("leaves CMYK to others", async () => {
    expect(readArithmeticProfile(await profileOf("cmyk"))).toBeUndefined();
  });

  test("survives damaged profiles", async () => {
    const p3 = await profileOf("p3");
    const change = fc.record({ at: fc.nat(p3.length - 1), to: fc.nat(255), end: fc.nat(600) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (changes) => {
        const damaged = Buffer.from(p3);
        for (const { at, to } of changes) damaged[at] = to;
        const profile = readArithmeticProfile(damaged.subarray(0, 200 + (changes[0]?.end ?? 0)));
        if (profile === undefined) return;
        const planes = [0, 1, 2].map((seed) => noiseArray(4, seed));
        profileToSrgb(profile)(planes);
        for (const plane of planes) {
          for (const value of plane) expect(value >= 0 && value <= 1).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("conversions", () => {
  test("to sRGB and back give the same colours to 1e-5 inside the smaller gamut", async () => {
    const profile = readArithmeticProfile(await profileOf("p3"));
    expect(profile).toBeDefined();
    if (profile === undefined) return;
    const original = [1, 2, 3].map((seed) => noiseArray(500, seed).map((v) => 0.3 + v * 0.2));
    const planes = original.map((plane) => plane.slice());
    profileToSrgb(profile)(planes);
    expect(largestDifference(planes[0] ?? [], original[0] ?? [])).toBeGreaterThan(1e-3);
    srgbToProfile(profile)(planes);
    planes.forEach((plane, index) => {
      expect(largestDifference(plane, original[index] ?? [])).toBeLessThan(1e-5);
    });
  });

  test("sRGB's curves undo each other", () => {
    const table = invertCurve(decodeSrgb);
    for (const value of [0, 0.001, 0.04, 0.2, 0.5, 1]) {
      expect(encodeSrgb(decodeSrgb(value))).toBeCloseTo(value, 12);
      const place = Math.round(Math.sqrt(decodeSrgb(value)) * (table.length - 1));
      expect(table[place]).toBeCloseTo(value, 3);
    }
  });

  test("a matrix times its inverse is the identity", () => {
    expect(invertMatrix([2, 0, 0, 0, 4, 0, 0, 0, 8])).toEqual([0.5, 0, 0, 0, 0.25, 0, 0, 0, 0.125]);
  });
});

describe("readToneCurve", () => {
  test("reads a gamma, samples and a formula", () => {
    expect(readToneCurve(element("curv", [0, 1, 0x0200]))?.(0.5)).toBeCloseTo(0.25, 12);
    expect(readToneCurve(element("curv", [0, 0]))?.(0.3)).toBe(0.3);
    const samples = readToneCurve(element("curv", [0, 3, 0, 16384, 65535]));
    expect(samples?.(0.25)).toBeCloseTo(8192 / 65535, 12);
    const srgb = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].flatMap(fixed);
    const formula = readToneCurve(element("para", [3, 0, ...srgb]));
    for (const value of [0.01, 0.2, 0.9]) {
      expect(formula?.(value)).toBeCloseTo(decodeSrgb(value), 4);
    }
  });

  test("refuses what is cut short or of another kind", () => {
    expect(readToneCurve(element("curv", [0, 9, 0]))).toBeUndefined();
    expect(readToneCurve(element("para", [3, 0, 1]))).toBeUndefined();
    expect(readToneCurve(element("para", [77, 0]))).toBeUndefined();
    expect(readToneCurve(element("mluc", []))).toBeUndefined();
  });
});
