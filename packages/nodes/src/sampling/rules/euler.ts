import type { DenoiserValue } from "@diopter/engine";
import { alphaBarOf } from "../process/scaled-linear.js";
import { cleanEstimate } from "./clean-estimate.js";
import type { SamplingRule } from "./coefficients.js";

/**
 * Euler's method on σ: x' = x + (σ' − σ)·(x − x̂0)/σ, on the state x = x0 + σ·ε, which the network
 * sees scaled by √ᾱ = 1/√(1 + σ²). Deterministic.
 * @param sigma σ(t) of the scaled-linear process.
 * Source: Karras et al., Elucidating the Design Space of Diffusion-Based Generative Models, alg. 1.
 */
export function eulerRule(
  sigma: (timestep: number) => number,
  prediction: DenoiserValue["prediction"],
): SamplingRule {
  return {
    start: (terminal) => ({ fromOriginal: 1, fromNoise: sigma(terminal) }),
    step: (from, to) => {
      const [here, there] = [sigma(from), sigma(to)];
      const inputScale = Math.sqrt(alphaBarOf(here));
      const kept = here === 0 ? 0 : there / here;
      return {
        inputScale,
        ...cleanEstimate(prediction, here, inputScale),
        fromSample: kept,
        fromClean: 1 - kept,
        fromOriginal: 0,
        fromNoise: 0,
      };
    },
  };
}
