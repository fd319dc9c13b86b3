import type { SamplingRule, StepCoefficients } from "../rules/coefficients.js";

/** The coefficients of a step between two timesteps. */
export type Codebook = (from: number, to: number) => StepCoefficients;

/**
 * Computes the coefficients for each timestep and interval once: tiles of one picture take the same
 * few steps again and again. Source: AdaDiffSR, DTSS.
 */
export function createCodebook(rule: SamplingRule): Codebook {
  const pages = new Map<number, Map<number, StepCoefficients>>();
  return (from, to) => {
    const page = pages.get(from) ?? new Map<number, StepCoefficients>();
    pages.set(from, page);
    const known = page.get(to) ?? rule.step(from, to);
    page.set(to, known);
    return known;
  };
}
