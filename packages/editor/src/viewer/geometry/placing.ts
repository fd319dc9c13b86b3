import type { Point, Size } from "./view.js";

/** Part of the stage that a picture fills. */
export interface Placing extends Size {
  readonly x: number;
  readonly y: number;
}

/** Sizes that come of one scaling differ by a pixel: shapes so close count as the same. */
const samePixels = 1.5;

/**
 * Where a picture lies on a stage of another size: all over it where both have one shape, so that
 * equal places coincide, and otherwise as large as it fits, in the middle, undistorted.
 */
export function placeOn(stage: Size, own: Size): Placing {
  const scale = Math.min(stage.width / own.width, stage.height / own.height);
  const [width, height] = [own.width * scale, own.height * scale];
  const isSameShape =
    Math.abs(stage.width - width) <= samePixels * Math.max(1, scale) &&
    Math.abs(stage.height - height) <= samePixels * Math.max(1, scale);
  if (isSameShape) return { x: 0, y: 0, ...stage };
  return { x: (stage.width - width) / 2, y: (stage.height - height) / 2, width, height };
}

/** The pixel of a picture at a point of the stage; undefined beside it. */
export function pixelAtPoint(stage: Size, own: Size, point: Point): Point | undefined {
  const { x, y, width, height } = placeOn(stage, own);
  const column = Math.floor(((point.x - x) / width) * own.width);
  const row = Math.floor(((point.y - y) / height) * own.height);
  const isInside = column >= 0 && row >= 0 && column < own.width && row < own.height;
  return isInside ? { x: column, y: row } : undefined;
}
