import { DiopterError } from "@diopter/engine";

/** How image/resize says which size it wants. */
export const resizeModes = ["scale", "size", "longest-side", "shortest-side"] as const;
export type ResizeMode = (typeof resizeModes)[number];

export interface ResizeTarget {
  readonly by: ResizeMode;
  readonly scale: number;
  /** For `size`; 0 follows the other side's ratio. */
  readonly width: number;
  readonly height: number;
  /** For `longest-side` and `shortest-side`. */
  readonly side: number;
  /** Both sides become multiples of this, the nearest ones. */
  readonly multipleOf: number;
}

/** 2^30 pixels: 12 GiB as floats. */
const maxPixels = 2 ** 30;

/**
 * The size that a picture is resized to, in whole pixels, at least one multiple per side.
 * @throws DiopterError `node/invalid-value` when no size is named, `image/too-large` beyond 2^30
 * pixels.
 */
export function resizeTarget(
  width: number,
  height: number,
  target: ResizeTarget,
): { readonly width: number; readonly height: number } {
  const [wantedWidth, wantedHeight] = wantedSize(width, height, target);
  const toMultiple = (side: number): number =>
    Math.max(1, Math.round(side / target.multipleOf)) * target.multipleOf;
  const result = { width: toMultiple(wantedWidth), height: toMultiple(wantedHeight) };
  if (result.width * result.height <= maxPixels) return result;
  throw new DiopterError("image/too-large", {
    message: `The result would have ${result.width} × ${result.height} pixels.`,
    remedy: "Choose a smaller size.",
    port: target.by === "scale" ? "scale" : "by",
  });
}

function wantedSize(width: number, height: number, target: ResizeTarget): [number, number] {
  if (target.by === "size") return namedSize(width, height, target);
  if (target.by === "scale") return [width * target.scale, height * target.scale];
  const side = target.by === "longest-side" ? Math.max(width, height) : Math.min(width, height);
  return [(width * target.side) / side, (height * target.side) / side];
}

function namedSize(width: number, height: number, target: ResizeTarget): [number, number] {
  if (target.width > 0 && target.height > 0) return [target.width, target.height];
  if (target.width > 0) return [target.width, (height * target.width) / width];
  if (target.height > 0) return [(width * target.height) / height, target.height];
  throw new DiopterError("node/invalid-value", {
    message: "No size is named: width and height are both 0.",
    remedy: "Name a width, a height, or both.",
    port: "width",
  });
}
