/** Sums over a sample, from which both distributions are fitted. */
export interface SampleSums {
  readonly count: number;
  readonly absolute: number;
  readonly squares: number;
  readonly negatives: number;
  readonly negativeSquares: number;
  readonly positives: number;
  readonly positiveSquares: number;
}

/** A generalised Gaussian of mean 0. */
export interface SymmetricFit {
  readonly shape: number;
  readonly variance: number;
}

/** An asymmetric generalised Gaussian. */
export interface AsymmetricFit {
  readonly shape: number;
  readonly mean: number;
  /** Root mean squares of the negative and of the positive values. */
  readonly left: number;
  readonly right: number;
  /** √(Γ(1/α)/Γ(3/α)): what turns a root mean square into the distribution's scale. */
  readonly spread: number;
}

/** Keeps quotients finite where a side has no values. */
export const leastVariance = 1e-12;

const steps = { from: 200, to: 10_000, perUnit: 1000 };

const shapes = Float64Array.from(
  { length: steps.to - steps.from + 1 },
  (_, index) => (steps.from + index) / steps.perUnit,
);
/** (E|x|)²/E[x²] of each shape; rises with it. */
const ratios = shapes.map((shape) =>
  Math.exp(2 * logGamma(2 / shape) - logGamma(1 / shape) - logGamma(3 / shape)),
);

/**
 * Moment matching; the shape is the nearest of 0.2, 0.201, ... 10.
 * Source: Mittal, Moorthy, Bovik 2012, eq. 4; Sharifi, Leon-Garcia 1995.
 */
export function fitSymmetric({ count, absolute, squares }: SampleSums): SymmetricFit {
  const variance = Math.max(squares / count, leastVariance);
  return { shape: nearestShape((absolute / count) ** 2 / variance), variance };
}

/** Moment matching as {@link fitSymmetric}. Source: Lasmar, Stitou, Berthoumieu 2009. */
export function fitAsymmetric(sums: SampleSums): AsymmetricFit {
  const { count, absolute, squares } = sums;
  const left = oneSide(sums.negatives, sums.negativeSquares);
  const right = oneSide(sums.positives, sums.positiveSquares);
  const balance = left / right;
  const ratio = (absolute / count) ** 2 / Math.max(squares / count, leastVariance);
  const correction = ((balance ** 3 + 1) * (balance + 1)) / (balance ** 2 + 1) ** 2;
  const shape = nearestShape(ratio * correction);
  const spread = Math.exp((logGamma(1 / shape) - logGamma(3 / shape)) / 2);
  const mean = (right - left) * spread * Math.exp(logGamma(2 / shape) - logGamma(1 / shape));
  return { shape, mean, left, right, spread };
}

function oneSide(count: number, squares: number): number {
  return Math.sqrt(count === 0 ? leastVariance : Math.max(squares / count, leastVariance));
}

function nearestShape(ratio: number): number {
  let low = 0;
  let high = ratios.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((ratios[middle] ?? 0) <= ratio) low = middle;
    else high = middle;
  }
  const distance = (index: number): number => Math.abs((ratios[index] ?? 0) - ratio);
  return shapes[distance(low) <= distance(high) ? low : high] ?? 0;
}

/** ln Γ(x) for x > 0: Stirling's series, after shifting x to 12 or more. */
function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 12) {
    product *= shifted;
    shifted += 1;
  }
  const inverse = 1 / (shifted * shifted);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) /
    shifted;
  return (
    (shifted - 0.5) * Math.log(shifted) -
    shifted +
    0.5 * Math.log(2 * Math.PI) +
    series -
    Math.log(product)
  );
}
