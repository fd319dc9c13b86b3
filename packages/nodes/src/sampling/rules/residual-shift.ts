import type { SamplingRule } from "./coefficients.js";

/**
 * ResShift from t to s, any jump: mean = (η_s/η_t)·x + (1 − η_s/η_t)·x̂0 and variance
 * κ²·(η_s/η_t)·(η_t − η_s); no noise at the last step. The network sees x/√(1 + κ²·η_t) and
 * predicts x0.
 *
 * With `noise` below 1 the standard deviation τ is multiplied by it and the part of the old noise
 * that it leaves is kept instead, as DDIM does:
 * x' = x̂0 + η_s(y − x̂0) + √(κ²η_s − τ²)·(x − x̂0 − η_t(y − x̂0))/(κ√η_t) + τ·z; at `noise` = 1 the
 * terms of y cancel and ResShift's own rule remains, at 0 the path is deterministic.
 * @param shift η(t) of the residual-shift process.
 * @param noise 0 to 1.
 * Source: Yue et al., ResShift, eq. 7 and 10; the DDIM-like form is this project's choice.
 */
export function residualShiftRule(
  shift: (timestep: number) => number,
  kappa: number,
  noise: number,
): SamplingRule {
  return {
    start: (terminal) => ({ fromOriginal: 1, fromNoise: kappa * Math.sqrt(shift(terminal)) }),
    step: (from, to) => {
      const [here, there] = [shift(from), shift(to)];
      const ratio = here === 0 ? 0 : there / here;
      const fromNoise = noise * kappa * Math.sqrt(Math.max(0, ratio * (here - there)));
      const kept = Math.sqrt(Math.max(0, kappa * kappa * there - fromNoise * fromNoise));
      const fromSample = here === 0 ? 0 : kept / (kappa * Math.sqrt(here));
      return {
        inputScale: 1 / Math.sqrt(1 + kappa * kappa * here),
        cleanFromSample: 0,
        cleanFromPrediction: 1,
        fromSample,
        fromClean: 1 - there - fromSample * (1 - here),
        fromOriginal: there - fromSample * here,
        fromNoise,
      };
    },
  };
}
