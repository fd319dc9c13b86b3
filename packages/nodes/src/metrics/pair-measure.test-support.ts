import type { ImageValue, RunContext } from "@diopter/engine";
import { expect, test } from "vitest";
import golden from "../test/golden/metrics.json" with { type: "json" };
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { goldenPicture } from "../test/test-picture.js";
import type { MeasuredChannels } from "./picture-pair.js";

type GoldenCase = (typeof golden.cases)[number];

interface Pair {
  readonly image: ImageValue;
  readonly reference: ImageValue;
}

/** A node that compares a picture with a reference, with or without a choice of channels. */
export interface PairMeasure {
  run(
    inputs: Pair,
    params: { readonly channels: MeasuredChannels; readonly border: number },
    context: RunContext,
  ): Promise<{ readonly value: number }>;
}

async function measured(node: PairMeasure, pair: Pair, channels: MeasuredChannels, border = 0) {
  const { value } = await node.run(pair, { channels, border }, testContext());
  return value;
}

/** Tests that the values are those of an independent implementation, to 1e-4. */
export function testGoldenValues(
  node: PairMeasure,
  source: string,
  expected: (entry: GoldenCase) => Partial<Record<MeasuredChannels, number>>,
): void {
  test.each(golden.cases)(`is ${source} on $width × $height`, async (entry) => {
    const { width, height } = entry;
    const picture = (seed: number) =>
      testImage(goldenPicture(3, height, width, seed), width, height);
    const pair = { image: picture(entry.imageSeed), reference: picture(entry.referenceSeed) };
    const { Y, RGB } = expected(entry);
    expect(await measured(node, pair, "Y")).toBeCloseTo(Y ?? Number.NaN, 4);
    if (RGB !== undefined) expect(await measured(node, pair, "RGB")).toBeCloseTo(RGB, 4);
  });
}

/** Tests that a border is left out. @param equal the value of equal pictures. */
export function testBorder(node: PairMeasure, equal: number): void {
  test("leaves the border out", async () => {
    const pixels = goldenPicture(3, 20, 20, 1);
    const spoiled = pixels.map((value, place) => (place % 20 === 0 ? 1 - value : value));
    const pair = { image: testImage(pixels, 20, 20), reference: testImage(spoiled, 20, 20) };
    const whole = await measured(node, pair, "Y");
    const inner = await measured(node, pair, "Y", 1);
    expect(Math.abs(inner - equal)).toBeLessThan(Math.abs(whole - equal));
    expect(inner).toBeCloseTo(equal, 6);
  });
}

/** Tests that sizes which cannot be compared or measured are refused. */
export function testRefusals(node: PairMeasure): void {
  test("refuses pictures of different sizes, and says what to do", async () => {
    const pair = {
      image: testImage(new Float32Array(3 * 400), 20, 20),
      reference: testImage(new Float32Array(3 * 100), 10, 10),
    };
    await expect(measured(node, pair, "Y")).rejects.toMatchObject({
      code: "image/size-mismatch",
      message: "The picture has 20 × 20 pixels, the reference 10 × 10.",
      port: "reference",
    });
  });

  test("refuses what is too small to be measured", async () => {
    const small = testImage(new Float32Array(3 * 100), 10, 10);
    const pair = { image: small, reference: small };
    await expect(measured(node, pair, "Y", 5)).rejects.toMatchObject({
      code: "image/size-mismatch",
      port: "image",
    });
  });
}
