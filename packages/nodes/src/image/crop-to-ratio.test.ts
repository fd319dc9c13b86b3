import fc from "fast-check";
import { expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { centredArea } from "./centred-crop.js";
import { cropToRatio } from "./crop-to-ratio.js";

test("a square out of the middle of a wide picture, a worked example", async () => {
  const plane = [1, 2, 3, 4, 5, 6, 7, 8].map((value) => value / 8);
  const source = testImage(Float32Array.from([...plane, ...plane, ...plane]), 4, 2);
  const { image } = await cropToRatio.run(
    { image: source },
    { width: 1, height: 1 },
    testContext(),
  );
  expect(image.pixels.shape).toEqual([1, 3, 2, 2]);
  expect([...(await image.pixels.read())].slice(0, 4)).toEqual([2, 3, 6, 7].map((v) => v / 8));
});

test("lies inside, touches two opposite edges, and is of the ratio to a pixel a side", () => {
  const side = fc.integer({ min: 1, max: 500 });
  fc.assert(
    fc.property(side, side, side, side, (width, height, across, down) => {
      const area = centredArea({ width, height }, { width: across, height: down });
      expect(Math.min(area.left, area.top)).toBe(0);
      expect(area.left * 2 + area.width).toBe(width);
      expect(area.top * 2 + area.height).toBe(height);
      expect(Math.min(area.width, area.height)).toBeGreaterThanOrEqual(1);
      const wide = Math.min(width, (height * across) / down);
      expect(Math.abs(area.width - wide)).toBeLessThanOrEqual(2);
    }),
  );
});
