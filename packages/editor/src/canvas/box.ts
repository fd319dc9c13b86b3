import type { Point } from "@diopter/engine/editing";

/** The box between two corners. */
export function boxOf([ax, ay]: Point, [bx, by]: Point) {
  return {
    x: Math.min(ax, bx),
    y: Math.min(ay, by),
    width: Math.abs(ax - bx),
    height: Math.abs(ay - by),
  };
}
