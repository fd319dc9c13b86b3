import type { Plane } from "./plane.js";

/** A luma plane with its local mean and contrast taken out. */
export interface LocalContrast {
  readonly width: number;
  readonly height: number;
  /** Mean-subtracted contrast-normalised (MSCN) coefficients. */
  readonly values: Float64Array;
  /** The local deviations that were divided by, on 0..255. */
  readonly deviations: Float64Array;
}

const radius = 3;
const sigma = 7 / 6;
const stability = 1;

const weights = gaussian();

/**
 * (Y − μ)/(σ + 1) of luma on 0..255; μ and σ in a 7×7 Gaussian window of σ 7/6, the plane's edge
 * repeated outside. Source: Mittal, Moorthy, Bovik 2012, eq. 1 to 3; border as NIQE's.
 */
export function localContrast({ data, width, height }: Plane): LocalContrast {
  const luma = Float64Array.from(data, (value) => value * 255);
  const mean = blur(luma, width, height);
  const square = blur(
    luma.map((value) => value * value),
    width,
    height,
  );
  const deviations = square.map((value, place) =>
    Math.sqrt(Math.abs(value - (mean[place] ?? 0) ** 2)),
  );
  const values = luma.map(
    (value, place) => (value - (mean[place] ?? 0)) / ((deviations[place] ?? 0) + stability),
  );
  return { width, height, values, deviations };
}

function gaussian(): readonly number[] {
  const line = Array.from({ length: 2 * radius + 1 }, (_, tap) =>
    Math.exp(-((tap - radius) ** 2) / (2 * sigma * sigma)),
  );
  const sum = line.reduce((total, weight) => total + weight, 0);
  return line.map((weight) => weight / sum);
}

function blur(data: Float64Array, width: number, height: number): Float64Array {
  const across = new Float64Array(data.length);
  const down = new Float64Array(data.length);
  weights.forEach((weight, tap) => {
    const columns = Int32Array.from({ length: width }, (_, x) => clamp(x + tap - radius, width));
    for (let row = 0; row < data.length; row += width) {
      for (let x = 0; x < width; x += 1) {
        const place = row + x;
        across[place] = (across[place] ?? 0) + weight * (data[row + (columns[x] ?? 0)] ?? 0);
      }
    }
  });
  weights.forEach((weight, tap) => {
    for (let y = 0; y < height; y += 1) {
      const from = clamp(y + tap - radius, height) * width;
      for (let x = 0; x < width; x += 1) {
        const place = y * width + x;
        down[place] = (down[place] ?? 0) + weight * (across[from + x] ?? 0);
      }
    }
  });
  return down;
}

function clamp(position: number, length: number): number {
  return Math.min(length - 1, Math.max(0, position));
}
