import type { DenoiserValue } from "@diopter/engine";
import { alphaBarOf, noiseShareOf } from "../process/scaled-linear.js";
import { cleanEstimate } from "./clean-estimate.js";
import type { SamplingRule } from "./coefficients.js";
import { startVariancePreserving } from "./ddim.js";

/**
 * DDPM from t to s, any jump: β = 1 − ᾱt/ᾱs,
 * mean = √ᾱs·β/(1 − ᾱt)·x̂0 + √(ᾱt/ᾱs)·(1 − ᾱs)/(1 − ᾱt)·x, variance = β(1 − ᾱs)/(1 − ᾱt).
 * The last step, to s = 0, adds no noise.
 * @param sigma σ(t) of the scaled-linear process.
 * Source: Ho et al., Denoising Diffusion Probabilistic Models, eq. 6-7, for a jump.
 */
export function ddpmRule(
  sigma: (timestep: number) => number,
  prediction: DenoiserValue["prediction"],
): SamplingRule {
  return {
    start: (terminal) => startVariancePreserving(sigma(terminal)),
    step: (from, to) => {
      const [here, there] = [sigma(from), sigma(to)];
      const kept = alphaBarOf(here) / alphaBarOf(there);
      const beta = Math.max(0, here * here - there * there) / (1 + here * here);
      const noise = noiseShareOf(here);
      const share = noise === 0 ? 0 : noiseShareOf(there) / noise;
      return {
        inputScale: 1,
        ...cleanEstimate(prediction, here, 1),
        fromSample: Math.sqrt(kept) * share,
        fromClean: noise === 0 ? 1 : (Math.sqrt(alphaBarOf(there)) * beta) / noise,
        fromOriginal: 0,
        fromNoise: Math.sqrt(beta * share),
      };
    },
  };
}
