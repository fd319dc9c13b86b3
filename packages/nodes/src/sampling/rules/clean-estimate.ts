import type { DenoiserValue } from "@diopter/engine";

/**
 * x̂0 from the state and the prediction in a variance-preserving process, as multiples of the state
 * and of the prediction: ε gives (x − √(1 − ᾱ)·ε)/√ᾱ, v gives √ᾱ·x − √(1 − ᾱ)·v, x0 is itself.
 * @param inputScale what the state is multiplied by to become the process's x_t.
 */
export function cleanEstimate(
  prediction: DenoiserValue["prediction"],
  sigma: number,
  inputScale: number,
): { readonly cleanFromSample: number; readonly cleanFromPrediction: number } {
  if (prediction === "x0") return { cleanFromSample: 0, cleanFromPrediction: 1 };
  const signal = 1 / Math.sqrt(1 + sigma * sigma);
  if (prediction === "epsilon") {
    return { cleanFromSample: inputScale / signal, cleanFromPrediction: -sigma };
  }
  return { cleanFromSample: inputScale * signal, cleanFromPrediction: -sigma * signal };
}
