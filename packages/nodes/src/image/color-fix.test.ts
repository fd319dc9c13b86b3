import {
  createDevice,
  type Device,
  defaultParameters,
  float32Tensor,
  type SocketValue,
} from "@diopter/engine";
import { prepareSoftwareWebgpu } from "@diopter/engine/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import golden from "../test/golden/colour-fix.json" with { type: "json" };
import { runGraphNode } from "../test/run-graph-node.js";
import { testImage } from "../test/test-image.js";
import { goldenPicture, largestDifference } from "../test/test-picture.js";
import { colorFix } from "./color-fix.js";

const { width, height } = golden;
const image = testImage(goldenPicture(3, height, width, golden.imageSeed), width, height);
const rows = goldenPicture(3, height, width, golden.flippedReferenceSeed);
const flipped = rows.map((_, place) => {
  const plane = Math.floor(place / (width * height)) * width * height;
  const y = Math.floor((place - plane) / width);
  return rows[plane + (height - 1 - y) * width + (place % width)] ?? 0;
});
const reference = testImage(flipped, width, height);
const defaults = { method: "wavelet", strength: 1 };

const unavailable = { cpu: false, webgpu: prepareSoftwareWebgpu() === undefined };

describe.each(["cpu", "webgpu"] as const)("image/color-fix on %s", (id) => {
  describe.skipIf(unavailable[id])("where its driver is installed", () => {
    let device: Device;
    beforeAll(async () => {
      device = await createDevice(id);
    });
    afterAll(() => device.dispose());

    const fix = async (
      inputs: Readonly<Record<string, SocketValue>>,
      params: Readonly<Record<string, string | number>>,
    ) => {
      const { image: fixed } = await runGraphNode(colorFix, inputs, params, device);
      if (typeof fixed !== "object" || !("pixels" in fixed) || typeof fixed.pixels === "number") {
        throw new Error("No picture came out.");
      }
      return {
        pixels: await fixed.pixels.read(),
        alpha: "alpha" in fixed ? fixed.alpha : undefined,
      };
    };

    test.each(["wavelet", "adain"] as const)("%s is that of PyTorch", async (method) => {
      const fixed = await fix({ image, reference }, { ...defaults, method });
      expect(largestDifference(fixed.pixels, golden[method])).toBeLessThan(2e-6);
    });

    test.each(["wavelet", "adain"])(
      "%s leaves a picture that has its own colours",
      async (method) => {
        const fixed = await fix({ image, reference: image }, { ...defaults, method });
        expect(largestDifference(fixed.pixels, await image.pixels.read())).toBeLessThan(2e-6);
      },
    );

    test.each(["wavelet", "adain"])(
      "%s takes a smaller reference, a worked example",
      async (method) => {
        const flat = new Float32Array(3 * 16 * 16).fill(0.25);
        const alpha = float32Tensor([1, 1, 16, 16], new Float32Array(256).fill(0.5));
        const colours = Float32Array.of(...[0.5, 0.6, 0.7].flatMap((c) => [c, c, c, c]));
        const fixed = await fix(
          { image: testImage(flat, 16, 16, { alpha }), reference: testImage(colours, 2, 2) },
          { ...defaults, method },
        );
        const expected = Float32Array.from(
          { length: 768 },
          (_, i) => 0.5 + Math.floor(i / 256) / 10,
        );
        expect(largestDifference(fixed.pixels, expected)).toBeLessThan(2e-6);
        expect(fixed.alpha).toBe(alpha);
      },
    );

    test("does nothing at strength 0, in the same session", async () => {
      await fix({ image, reference }, defaults);
      const { sessionsBuilt } = device.statistics();
      const fixed = await fix({ image, reference }, { ...defaults, strength: 0 });
      expect(largestDifference(fixed.pixels, await image.pixels.read())).toBe(0);
      expect(device.statistics().sessionsBuilt).toBe(sessionsBuilt);
    });

    test("declares the defaults that it is tested with", () => {
      expect(defaultParameters(colorFix.params)).toEqual(defaults);
    });
  });
});
