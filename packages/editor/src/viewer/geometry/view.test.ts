import fc from "fast-check";
import { expect, it } from "vitest";
import {
  contain,
  fitView,
  pinch,
  scaleLimits,
  toPicture,
  toScreen,
  type View,
  wheelFactor,
  withScale,
  zoomAt,
} from "./view.js";

const coordinate = fc.double({ min: -3000, max: 3000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const length = fc.integer({ min: 1, max: 6000 });
const size = fc.record({ width: length, height: length });
const view: fc.Arbitrary<View> = fc.record({
  scale: fc.double({ min: scaleLimits.smallest, max: scaleLimits.largest, noNaN: true }),
  x: coordinate,
  y: coordinate,
});

const expectClose = (
  a: { readonly x: number; readonly y: number },
  b: { readonly x: number; readonly y: number },
) => {
  // Relative: coordinates of the picture reach 10^5 at the smallest magnification.
  const near = (p: number, q: number) =>
    expect(Math.abs(p - q)).toBeLessThanOrEqual(1e-8 * (1 + Math.abs(p)));
  near(a.x, b.x);
  near(a.y, b.y);
};

it("keeps the point under the cursor while zooming", () => {
  const factor = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(
    fc.property(view, point, factor, (before, cursor, by) => {
      const after = zoomAt(before, cursor, by);
      expectClose(toPicture(before, cursor), toPicture(after, cursor));
      expect(after.scale).toBeLessThanOrEqual(scaleLimits.largest);
      expect(after.scale).toBeGreaterThanOrEqual(scaleLimits.smallest);
    }),
  );
});

it("returns to where it was when zoomed in and out at one point", () => {
  fc.assert(
    fc.property(point, point, fc.double({ min: 0.5, max: 2, noNaN: true }), (offset, at, by) => {
      const before = { scale: 1, ...offset };
      const after = withScale(zoomAt(before, at, by), at, 1);
      expectClose(before, after);
    }),
  );
});

it("keeps both points under the fingers that pinch", () => {
  fc.assert(
    fc.property(
      point,
      point,
      point,
      fc.double({ min: 0.6, max: 1.6, noNaN: true }),
      (a, b, by, k) => {
        const before: View = { scale: 1, x: 10, y: -20 };
        const turn = (p: { x: number; y: number }) => ({ x: p.x * k + by.x, y: p.y * k + by.y });
        const after = pinch(before, [a, b], [turn(a), turn(b)]);
        expectClose(toScreen(after, toPicture(before, a)), turn(a));
        expectClose(toScreen(after, toPicture(before, b)), turn(b));
      },
    ),
  );
});

it("does not divide by zero when two fingers touch the same point", () => {
  const at = { x: 5, y: 5 };
  expect(pinch({ scale: 1, x: 0, y: 0 }, [at, at], [at, { x: 50, y: 5 }]).scale).toBe(1);
});

it("fits the whole picture into the pane and centres it", () => {
  fc.assert(
    fc.property(
      size,
      fc.record({
        width: fc.integer({ min: 100, max: 4000 }),
        height: fc.integer({ min: 100, max: 4000 }),
      }),
      (picture, pane) => {
        const fitted = fitView(picture, pane, 10);
        const corner = toScreen(fitted, { x: picture.width, y: picture.height });
        fc.pre(fitted.scale > scaleLimits.smallest);
        expect(fitted.x).toBeGreaterThanOrEqual(10 - 1e-6);
        expect(fitted.y).toBeGreaterThanOrEqual(10 - 1e-6);
        expect(corner.x + fitted.x).toBeCloseTo(pane.width, 6);
        expect(corner.y + fitted.y).toBeCloseTo(pane.height, 6);
      },
    ),
  );
});

it("never lets the picture leave the pane", () => {
  fc.assert(
    fc.property(view, size, size, (anywhere, picture, pane) => {
      const held = contain(anywhere, picture, pane);
      const corner = toScreen(held, { x: picture.width, y: picture.height });
      expect(corner.x).toBeGreaterThan(0);
      expect(corner.y).toBeGreaterThan(0);
      expect(held.x).toBeLessThan(pane.width);
      expect(held.y).toBeLessThan(pane.height);
      const again = contain(held, picture, pane);
      expectClose(held, again);
    }),
  );
});

it("zooms in when the wheel turns away, by at most e per event", () => {
  expect(wheelFactor({ deltaY: -100, deltaMode: 0, ctrlKey: false })).toBeCloseTo(
    Math.exp(0.15),
    9,
  );
  expect(wheelFactor({ deltaY: 3, deltaMode: 1, ctrlKey: false })).toBeLessThan(1);
  expect(wheelFactor({ deltaY: -5000, deltaMode: 2, ctrlKey: false })).toBeCloseTo(Math.E, 9);
});
