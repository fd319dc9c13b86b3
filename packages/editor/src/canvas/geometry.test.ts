import type { Point } from "@diopter/engine/editing";
import { array, assert, double, property, tuple } from "fast-check";
import { expect, it } from "vitest";
import { aligned, distributed } from "./arrange.js";
import { measures, nodeShape } from "./node-shape.js";
import { fitBounds, toCanvas, toWindow } from "./viewport.js";
import { boundsOf, contains, distanceToWire, pointOn, wireBounds, wirePath } from "./wire-path.js";

const coordinate = double({ min: -5000, max: 5000, noNaN: true });
const point = tuple(coordinate, coordinate);
const box = tuple(
  point,
  tuple(double({ min: 1, max: 400, noNaN: true }), double({ min: 1, max: 400, noNaN: true })),
).map(([[x, y], [width, height]]) => ({ x, y, width, height }));

it("leads a wire through all of its points, within its bounds", () => {
  assert(
    property(point, point, array(point, { maxLength: 4 }), (from, to, through) => {
      const path = wirePath(from, to, through);
      expect(path).toHaveLength(through.length + 1);
      const { x, y, width, height } = wireBounds(path);
      const grown = { x: x - 1e-6, y: y - 1e-6, width: width + 2e-6, height: height + 2e-6 };
      for (const [index, curve] of path.entries()) {
        expect(curve.end).toEqual(through[index] ?? to);
        for (const t of [0, 0.3, 0.5, 0.9, 1])
          expect(contains(grown, pointOn(curve, t))).toBe(true);
      }
    }),
  );
});

it("finds a place on a wire at no distance, and the piece that it lies on", () => {
  const path = wirePath([0, 0], [400, 100], [[200, -50]]);
  const place = path[1] === undefined ? expect.fail() : pointOn(path[1], 0.5);
  const { distance, piece } = distanceToWire(path, place);
  expect(distance).toBeLessThan(0.5);
  expect(piece).toBe(1);
  expect(distanceToWire(path, [200, 300]).distance).toBeGreaterThan(200);
});

it("takes places of the window to the canvas and back", () => {
  assert(
    property(point, point, double({ min: 0.04, max: 2.5, noNaN: true }), ([x, y], place, k) => {
      const viewport = { x, y, k, width: 800, height: 600 };
      const [left, top] = toWindow(viewport, toCanvas(viewport, place));
      expect(left).toBeCloseTo(place[0], 4);
      expect(top).toBeCloseTo(place[1], 4);
    }),
  );
});

it("fits a box into the window with its middle in the middle", () => {
  assert(
    property(box, (bounds) => {
      const view = { ...fitBounds(bounds, { width: 1000, height: 700 }), width: 1000, height: 700 };
      const corner = toWindow(view, [bounds.x, bounds.y]);
      const other: Point = [bounds.x + bounds.width, bounds.y + bounds.height];
      const [right, bottom] = toWindow(view, other);
      expect(corner[0]).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(1000);
      expect((corner[1] + bottom) / 2).toBeCloseTo(350, 3);
    }),
  );
});

it("aligns within the boxes' bounds, and distributes with equal gaps", () => {
  assert(
    property(array(box, { minLength: 3, maxLength: 8 }), (boxes) => {
      const all = boundsOf(boxes);
      for (const one of boxes) {
        expect(aligned(one, all, "right").x + one.width).toBeCloseTo(all.x + all.width, 6);
        expect(aligned(one, all, "top").y).toBe(all.y);
      }
      const even = [...distributed(boxes, "x")].sort((a, b) => a.x - b.x);
      const gaps = even.slice(1).map((one, index) => {
        const before = even[index];
        return before === undefined ? 0 : one.x - before.x - before.width;
      });
      const isOverlapping = gaps.some((gap) => gap < 0);
      if (!isOverlapping) for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0] ?? 0, 4);
    }),
  );
});

it("gives a node a shape that follows from what it shows", () => {
  const port = (name: string) => ({
    name,
    socket: "IMAGE" as const,
    isOptional: false,
    isList: false,
  });
  const ports = { inputs: [port("a"), port("b")], outputs: [port("c")] };
  const open = nodeShape(ports, { parameters: 3, isCollapsed: false, hasPicture: true });
  expect(open.inputs).toHaveLength(2);
  expect((open.inputs[1] ?? 0) - (open.inputs[0] ?? 0)).toBe(measures.row);
  expect(open.outputs[0]).toBe(open.inputs[0]);
  expect(open.pictureAt + measures.picture).toBeLessThan(open.height);
  const closed = nodeShape(ports, { parameters: 3, isCollapsed: true, hasPicture: true });
  expect(closed.height).toBe(measures.header);
  expect(new Set([...closed.inputs, ...closed.outputs]).size).toBe(1);
});
