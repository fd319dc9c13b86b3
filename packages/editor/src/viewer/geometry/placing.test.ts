import { expect, it } from "vitest";
import { pixelAtPoint, placeOn } from "./placing.js";

const stage = { width: 800, height: 600 };

it("lays pictures of one shape over each other, however their sizes were rounded", () => {
  const whole = { x: 0, y: 0, ...stage };
  expect(placeOn(stage, { width: 200, height: 150 })).toEqual(whole);
  // 127 × 95 was scaled four times, and its original a quarter of that.
  expect(placeOn({ width: 508, height: 380 }, { width: 32, height: 24 })).toMatchObject({ x: 0 });
});

it("shows a picture of another shape whole and undistorted", () => {
  expect(placeOn(stage, { width: 600, height: 60 })).toEqual({
    x: 0,
    y: 260,
    width: 800,
    height: 80,
  });
  expect(placeOn(stage, { width: 100, height: 600 })).toMatchObject({ x: 350, width: 100 });
});

it("reads the pixel that is seen", () => {
  const panorama = { width: 600, height: 60 };
  expect(pixelAtPoint(stage, panorama, { x: 400, y: 300 })).toEqual({ x: 300, y: 30 });
  expect(pixelAtPoint(stage, panorama, { x: 400, y: 100 })).toBeUndefined();
  expect(pixelAtPoint(stage, { width: 200, height: 150 }, { x: 799, y: 0 })).toEqual({
    x: 199,
    y: 0,
  });
});
