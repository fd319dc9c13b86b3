import { DiopterError, type ImageValue, integer } from "@diopter/engine";
import { channelPlanes, lumaPlanes, type Plane, withoutBorder } from "./measures/index.js";

/** What a measurement looks at: `Y` is luma (BT.601), `RGB` each channel by itself. */
export const measuredChannels = ["Y", "RGB"] as const;
export type MeasuredChannels = (typeof measuredChannels)[number];

/** At the border an enlargement is partly guessed, so that comparisons often leave it out. */
export const borderParameter = integer({
  default: 0,
  min: 0,
  max: 1024,
  unit: "px",
  help: "left out on every side",
});

export interface PairOptions {
  readonly channels: MeasuredChannels;
  /** Pixels that are left out on every side. */
  readonly border: number;
  /** The smallest side, without the border, that can be measured. */
  readonly leastSide: number;
}

/**
 * The planes of two pictures, in the same order.
 * @throws DiopterError `image/size-mismatch` when they differ in size or are too small.
 */
export async function readPair(
  image: ImageValue,
  reference: ImageValue,
  options: PairOptions,
): Promise<{ readonly left: readonly Plane[]; readonly right: readonly Plane[] }> {
  const [batch = 1, , height = 1, width = 1] = image.pixels.shape;
  requireSameSize(image, reference);
  if (Math.min(width, height) - 2 * options.border < options.leastSide) {
    throw new DiopterError("image/size-mismatch", {
      message:
        `A picture of ${width} × ${height} less a border of ${options.border} is smaller than ` +
        `the ${options.leastSide} pixels that this measurement needs.`,
      remedy: "Use a larger picture or a smaller border.",
      port: "image",
    });
  }
  const planesOf = options.channels === "Y" ? lumaPlanes : channelPlanes;
  const cut = (pixels: Float32Array): readonly Plane[] =>
    planesOf(pixels.subarray(0, batch * 3 * height * width), width, height).map((plane) =>
      withoutBorder(plane, options.border),
    );
  return { left: cut(await image.pixels.read()), right: cut(await reference.pixels.read()) };
}

/** @throws DiopterError `image/size-mismatch` unless both have the same size and number. */
export function requireSameSize(image: ImageValue, reference: ImageValue): void {
  const left = image.pixels.shape;
  const right = reference.pixels.shape;
  if (left.every((size, axis) => size === right[axis])) return;
  const sides = ([batch, , height, width]: readonly number[]): string =>
    `${width} × ${height}${batch === 1 ? "" : ` (${batch} pictures)`}`;
  throw new DiopterError("image/size-mismatch", {
    message: `The picture has ${sides(left)} pixels, the reference ${sides(right)}.`,
    remedy: "Bring both to one size with image/resize or image/crop.",
    port: "reference",
  });
}

/** The mean of a measure over pairs of planes. */
export function meanOver(
  { left, right }: { readonly left: readonly Plane[]; readonly right: readonly Plane[] },
  measure: (left: Plane, right: Plane) => number,
): number {
  const values = left.map((plane, index) => measure(plane, right[index] ?? plane));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
