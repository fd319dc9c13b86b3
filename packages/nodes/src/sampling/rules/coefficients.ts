/**
 * One sampling step as a linear form, which every update rule here is:
 *
 *   x̂0 = cleanFromSample·x + cleanFromPrediction·network(inputScale·x)
 *   x' = fromSample·x + fromClean·x̂0 + fromOriginal·y + fromNoise·z
 *
 * with y the original's latent and z standard normal noise. Each coefficient is a number, or differs
 * from pixel to pixel, so that one program serves every rule, schedule and number of steps.
 */
export interface StepCoefficients {
  readonly inputScale: number;
  readonly cleanFromSample: number;
  readonly cleanFromPrediction: number;
  readonly fromSample: number;
  readonly fromClean: number;
  readonly fromOriginal: number;
  readonly fromNoise: number;
}

/** The names of the coefficients, which are also the step program's inputs. */
export const coefficientNames = [
  "inputScale",
  "cleanFromSample",
  "cleanFromPrediction",
  "fromSample",
  "fromClean",
  "fromOriginal",
  "fromNoise",
] as const satisfies readonly (keyof StepCoefficients)[];

/** How sampling begins, x_T = fromOriginal·y + fromNoise·z. */
export interface StartCoefficients {
  readonly fromOriginal: number;
  readonly fromNoise: number;
}

/** An update rule bound to a model's process and parametrisation. */
export interface SamplingRule {
  /** The state at timestep T. */
  start(terminal: number): StartCoefficients;
  /** From timestep `from` to `to`, 0 ≤ to ≤ from ≤ T, both possibly fractional. */
  step(from: number, to: number): StepCoefficients;
}
