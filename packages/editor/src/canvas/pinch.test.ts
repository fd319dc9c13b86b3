import { expect, it } from "vitest";
import { pinchView } from "./pinch.js";
import { toCanvas, zoomLimits } from "./viewport.js";

const size = { width: 800, height: 600 };
const view = { x: 40, y: -20, k: 0.5 };

it("keeps what is under each finger there", () => {
  const from = [
    [100, 100],
    [300, 200],
  ] as const;
  const to = [
    [50, 80],
    [450, 280],
  ] as const;
  const next = pinchView(view, from, to);
  expect(next.k).toBeCloseTo(1);
  for (const finger of [0, 1] as const) {
    const [x, y] = toCanvas({ ...view, ...size }, from[finger]);
    const [nextX, nextY] = toCanvas({ ...next, ...size }, to[finger]);
    expect(nextX).toBeCloseTo(x);
    expect(nextY).toBeCloseTo(y);
  }
});

it("still moves where it can zoom no further", () => {
  const next = pinchView(
    { x: 0, y: 0, k: zoomLimits[1] },
    [
      [0, 0],
      [10, 0],
    ],
    [
      [60, 5],
      [80, 5],
    ],
  );
  expect(next).toEqual({ k: zoomLimits[1], x: 65, y: 5 });
});
