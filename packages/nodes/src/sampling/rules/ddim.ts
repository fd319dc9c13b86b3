import type { DenoiserValue } from "@diopter/engine";
import { alphaBarOf, noiseShareOf } from "../process/scaled-linear.js";
import { cleanEstimate } from "./clean-estimate.js";
import type { SamplingRule } from "./coefficients.js";

/**
 * DDIM: x' = √ᾱ'·x̂0 + √(1 − ᾱ' − s²)·ε̂ + s·z, with ε̂ = (x − √ᾱ·x̂0)/√(1 − ᾱ) and
 * s = η·√((1 − ᾱ')/(1 − ᾱ))·√(1 − ᾱ/ᾱ').
 * @param sigma σ(t) of the scaled-linear process.
 * @param eta η: 0 deterministic, 1 as noisy as DDPM.
 * Source: Song et al., Denoising Diffusion Implicit Models, eq. 12 and 16.
 */
export function ddimRule(
  sigma: (timestep: number) => number,
  prediction: DenoiserValue["prediction"],
  eta: number,
): SamplingRule {
  return {
    start: (terminal) => startVariancePreserving(sigma(terminal)),
    step: (from, to) => {
      const [here, there] = [sigma(from), sigma(to)];
      const [noiseHere, noiseThere] = [noiseShareOf(here), noiseShareOf(there)];
      const jump = Math.max(0, here * here - there * there) / (1 + here * here);
      const fromNoise = noiseHere === 0 ? 0 : eta * Math.sqrt((noiseThere / noiseHere) * jump);
      const direction = Math.sqrt(Math.max(0, noiseThere - fromNoise * fromNoise));
      const fromSample = noiseHere === 0 ? 0 : direction / Math.sqrt(noiseHere);
      return {
        inputScale: 1,
        ...cleanEstimate(prediction, here, 1),
        fromSample,
        fromClean: Math.sqrt(alphaBarOf(there)) - fromSample * Math.sqrt(alphaBarOf(here)),
        fromOriginal: 0,
        fromNoise,
      };
    },
  };
}

/** x_T = √ᾱ·y + √(1 − ᾱ)·z: the original's latent, noised as the forward process does. */
export function startVariancePreserving(sigma: number): {
  fromOriginal: number;
  fromNoise: number;
} {
  return { fromOriginal: Math.sqrt(alphaBarOf(sigma)), fromNoise: Math.sqrt(noiseShareOf(sigma)) };
}
