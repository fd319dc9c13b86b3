import type { Plane } from "./plane.js";

const stability = 170;

/**
 * Gradient magnitude similarity deviation: 0 for equal pictures, larger is worse. Luma of 0..1 is
 * scaled to 0..255, averaged over 2×2 and thinned by 2; gradients by Prewitt/3 with zeros outside.
 * Source: Xue, Zhang, Mou, Bovik 2014, eq. 4 to 6.
 */
export function gradientSimilarityDeviation(left: Plane, right: Plane): number {
  const first = gradientMagnitude(halve(left));
  const second = gradientMagnitude(halve(right));
  const quality = first.map((a, place) => {
    const b = second[place] ?? 0;
    return (2 * a * b + stability) / (a * a + b * b + stability);
  });
  const mean = quality.reduce((sum, value) => sum + value, 0) / quality.length;
  const variance = quality.reduce((sum, value) => sum + (value - mean) ** 2, 0) / quality.length;
  return Math.sqrt(variance);
}

interface Halved {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): number;
}

function halve({ data, width, height }: Plane): Halved {
  const halfWidth = Math.floor(width / 2);
  const halfHeight = Math.floor(height / 2);
  const means = Float64Array.from({ length: halfWidth * halfHeight }, (_, place) => {
    const start = Math.floor(place / halfWidth) * 2 * width + (place % halfWidth) * 2;
    const upper = (data[start] ?? 0) + (data[start + 1] ?? 0);
    return ((upper + (data[start + width] ?? 0) + (data[start + width + 1] ?? 0)) * 255) / 4;
  });
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < halfWidth && y < halfHeight;
  return {
    width: halfWidth,
    height: halfHeight,
    at: (x, y) => (inside(x, y) ? (means[y * halfWidth + x] ?? 0) : 0),
  };
}

function gradientMagnitude({ width, height, at }: Halved): Float64Array {
  const side = [-1, 0, 1];
  return Float64Array.from({ length: width * height }, (_, place) => {
    const x = place % width;
    const y = Math.floor(place / width);
    const across = side.reduce((sum, d) => sum + at(x - 1, y + d) - at(x + 1, y + d), 0) / 3;
    const down = side.reduce((sum, d) => sum + at(x + d, y - 1) - at(x + d, y + 1), 0) / 3;
    return Math.hypot(across, down);
  });
}
