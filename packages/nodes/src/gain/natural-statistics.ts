import {
  brisqueFeatures,
  type FeatureGaussian,
  niqeFeaturesOfWhole,
  type Plane,
  pristineGaussian,
} from "../metrics/measures/index.js";
import { symmetricEigen } from "../metrics/measures/symmetric-matrix.js";
import natural from "./natural.json" with { type: "json" };

/** How far some planes are from what undistorted photographs have; 0 at their mean. */
export interface NaturalDistances {
  /** Mahalanobis distance of NIQE's 36 features. */
  readonly niqe: number;
  /** Root mean square of BRISQUE's 36 features, each in standard deviations. */
  readonly brisque: number;
}

/** Measures planes of at least 16 × 16; the features of several are averaged first. */
export type NaturalMeasure = (planes: readonly Plane[]) => NaturalDistances;

/** Of the luma of pictures. */
export const naturalPictures = naturalMeasure(pristineGaussian, natural.pictures.brisque);

/** Of the channels of latents of the space `diopter`, a latent of ±4 on a plane of 0..1. */
export const naturalLatents = naturalMeasure(
  { mean: natural.latents.niqe.mean, covariance: fullMatrix(natural.latents.niqe.covariance) },
  natural.latents.brisque,
);

interface Spread {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

function naturalMeasure(gaussian: FeatureGaussian, spread: Spread): NaturalMeasure {
  // Not before it is asked for: few workflows do, and every start would wait for it.
  let whiten: ReturnType<typeof whitening> | undefined;
  return (planes) => {
    whiten ??= whitening(gaussian);
    const niqe = whiten(averaged(planes.map(niqeFeaturesOfWhole)));
    const brisque = averaged(planes.map(brisqueFeatures)).map(
      (value, index) => (value - (spread.mean[index] ?? 0)) / (spread.deviation[index] ?? 1),
    );
    return { niqe: Math.hypot(...niqe), brisque: Math.hypot(...brisque) / Math.sqrt(36) };
  };
}

/** Turns features into numbers that are independent and of variance 1 in photographs. */
function whitening({ mean, covariance }: FeatureGaussian): NaturalFeatures {
  const { values, vectors } = symmetricEigen(covariance);
  const least = 1e-12 * Math.max(...values);
  return (features) => {
    const difference = features.map((value, index) => value - (mean[index] ?? 0));
    return vectors.map((vector, row) => {
      const variance = values[row] ?? 0;
      if (variance <= least) return 0;
      const along = vector.reduce((sum, part, index) => sum + part * (difference[index] ?? 0), 0);
      return along / Math.sqrt(variance);
    });
  };
}

type NaturalFeatures = (features: readonly number[]) => readonly number[];

function averaged(rows: readonly (readonly number[])[]): readonly number[] {
  const [first = []] = rows;
  return first.map((_, x) => rows.reduce((sum, row) => sum + (row[x] ?? 0), 0) / rows.length);
}

/** From the lower triangle, row by row. */
function fullMatrix(lower: readonly number[]): FeatureGaussian["covariance"] {
  const size = Math.round((Math.sqrt(8 * lower.length + 1) - 1) / 2);
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => {
      const [low, high] = row < column ? [row, column] : [column, row];
      return lower[(high * (high + 1)) / 2 + low] ?? 0;
    }),
  );
}
