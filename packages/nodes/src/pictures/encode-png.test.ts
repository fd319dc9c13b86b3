import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { largestDifference, noiseArray } from "../test/test-picture.js";
import { encodePng } from "./encode-png.js";

const plain = { compression: 6, texts: [] };
const [width, height] = [411, 307];
const size = width * height;

/** Slopes with a little noise, as a photograph has them: several strips of it. */
function slopes(planes: number): Float32Array {
  const noise = noiseArray(planes * size);
  return noise.map((value, place) => ((place % width) + (place % 7)) / (width + 9) + value / 300);
}

/** Expected whole numbers of a picture that holds none between 0 and 1 but such. */
function levels(planes: Float32Array, bitDepth: 8 | 16): Float32Array {
  const largest = 2 ** bitDepth - 1;
  return planes.map((value) => Math.min(Math.max(Math.floor(value * largest + 0.5), 0), largest));
}

function interleaved(planes: readonly Float32Array[]): Float32Array {
  return Float32Array.from({ length: planes.length * size }, (_, place) => {
    return planes[place % planes.length]?.[Math.floor(place / planes.length)] ?? 0;
  });
}

async function decoded(bytes: Buffer, bitDepth: 8 | 16, gray = false): Promise<Float32Array> {
  const deep = bitDepth === 16;
  const space = gray ? (deep ? "grey16" : "b-w") : deep ? "rgb16" : "srgb";
  const data = await sharp(bytes)
    .toColourspace(space)
    .raw({ depth: deep ? "ushort" : "uchar" })
    .toBuffer();
  if (!deep) return Float32Array.from(data);
  return Float32Array.from({ length: data.length / 2 }, (_, place) => data.readUInt16LE(2 * place));
}

describe("encodePng", () => {
  test.each([
    [8, false, false],
    [8, false, true],
    [8, true, false],
    [16, false, false],
    [16, false, true],
    [16, true, false],
  ] as const)(
    "of %i bits, gray: %s, alpha: %s is read by others",
    async (bitDepth, gray, hasAlpha) => {
      const pixels = slopes(3);
      if (gray) for (const plane of [1, 2]) pixels.copyWithin(plane * size, 0, size);
      const alpha = hasAlpha ? slopes(1).reverse() : undefined;
      const picture = { width, height, pixels, alpha };
      const quantising = { bitDepth, gray, alpha: "keep" } as const;
      const { bytes, broken } = await encodePng(picture, quantising, plain);
      const planes = [0, 1, 2].slice(0, gray ? 1 : 3).map((plane) => {
        return levels(pixels.subarray(plane * size, (plane + 1) * size), bitDepth);
      });
      const expected = alpha === undefined ? planes : [...planes, levels(alpha, bitDepth)];
      const header = await sharp(bytes).metadata();
      expect(header).toMatchObject({ format: "png", width, height, channels: expected.length });
      expect(header.depth).toBe(bitDepth === 16 ? "ushort" : "uchar");
      const values = await decoded(bytes, bitDepth, gray);
      expect(largestDifference(values, interleaved(expected))).toBe(0);
      expect(broken).toBe(0);
    },
  );

  test.each([0, 1, 5, 6, 7, 9])("holds the same pixels at compression %i", async (compression) => {
    const picture = { width, height, pixels: slopes(3) };
    const quantising = { bitDepth: 8, gray: false, alpha: "keep" } as const;
    const { bytes } = await encodePng(picture, quantising, { compression, texts: [] });
    const reference = await encodePng(picture, quantising, plain);
    const expected = await decoded(reference.bytes, 8);
    expect(largestDifference(await decoded(bytes, 8), expected)).toBe(0);
    if (compression === 0) expect(bytes.length).toBeGreaterThan(3 * size);
    else expect(bytes.length).toBeLessThan(1.3 * size);
  });

  test("from compression 7 on, what repeats itself takes little, across strips too", async () => {
    const tile = noiseArray(60);
    const pixels = Float32Array.from({ length: 3 * size }, (_, place) => tile[place % 60] ?? 0);
    const picture = { width, height, pixels };
    const quantising = { bitDepth: 8, gray: false, alpha: "keep" } as const;
    const small = await encodePng(picture, quantising, { compression: 9, texts: [] });
    const fast = await encodePng(picture, quantising, plain);
    expect(small.bytes.length).toBeLessThan(fast.bytes.length / 10);
    const expected = await decoded(fast.bytes, 8);
    expect(largestDifference(await decoded(small.bytes, 8), expected)).toBe(0);
  });

  test("counts what is not finite and writes it as 0", async () => {
    const pixels = Float32Array.of(Number.POSITIVE_INFINITY, Number.NaN, 2, -1, 1, 0.5);
    const picture = { width: 2, height: 1, pixels };
    const quantising = { bitDepth: 8, gray: false, alpha: "keep" } as const;
    const { bytes, broken } = await encodePng(picture, quantising, plain);
    expect(broken).toBe(2);
    expect([...(await decoded(bytes, 8))]).toEqual([0, 255, 255, 0, 0, 128]);
  });
});
