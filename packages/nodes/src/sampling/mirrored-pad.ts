import type { GraphScope, Value } from "@diopter/onnx";

/**
 * Widens the last two axes by `margin` on every side, mirrored without repeating the border, and
 * again and again where the picture is smaller than the margin, which ONNX's own Pad refuses.
 */
export function mirroredPad(g: GraphScope, x: Value<"float32">, margin: number): Value<"float32"> {
  const rows = g.gather(x, mirroredPlaces(g, x, 2, margin), 2);
  return g.gather(rows, mirroredPlaces(g, x, 3, margin), 3);
}

/** For −margin .. n + margin − 1: the place within 0 .. n − 1 that stands there. */
function mirroredPlaces(
  g: GraphScope,
  x: Value<"float32">,
  axis: number,
  margin: number,
): Value<"int64"> {
  const size = g.reshape(g.size(x.shape[axis] ?? 1), []);
  const places = g.range(-margin, g.add(size, margin));
  const period = g.max(g.mul(g.sub(size, 1), 2), 1);
  const within = g.mod(places, period);
  return g.min(within, g.sub(period, within));
}
