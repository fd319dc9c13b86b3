import type { Point } from "@diopter/engine/editing";
import { type Viewport, zoomLimits } from "./viewport.js";

type Look = Pick<Viewport, "x" | "y" | "k">;
type Fingers = readonly [Point, Point];

/** Where two fingers lead a view: what was under each of them stays there, within the limits of zoom. */
export function pinchView({ x, y, k }: Look, from: Fingers, to: Fingers): Look {
  const [least, most] = zoomLimits;
  const apart = distance(from);
  const wanted = apart === 0 ? k : (k * distance(to)) / apart;
  const next = Math.min(most, Math.max(least, wanted));
  const [before, after] = [middle(from), middle(to)];
  return {
    k: next,
    x: after[0] - ((before[0] - x) * next) / k,
    y: after[1] - ((before[1] - y) * next) / k,
  };
}

const distance = ([[ax, ay], [bx, by]]: Fingers) => Math.hypot(ax - bx, ay - by);
const middle = ([[ax, ay], [bx, by]]: Fingers): Point => [(ax + bx) / 2, (ay + by) / 2];
