import type { DiffusionProcess } from "@diopter/engine";

type ScaledLinear = Extract<DiffusionProcess, { readonly kind: "scaled-linear" }>;

/**
 * σ(t) of the variance-preserving process x_t = √ᾱ·x0 + √(1 − ᾱ)·ε, with σ² = (1 − ᾱ)/ᾱ,
 * ᾱ_t = Π_{i ≤ t}(1 − β_i) and √β spaced linearly over t = 1..T.
 *
 * Between whole timesteps ln σ is linear in t. Below 1, where ln σ would run to −∞, σ itself is:
 * σ(t) = t·σ(1), so that σ is continuous and σ(0) = 0. Outside 0..T the nearest end holds.
 * Source: the noise schedule of Stable Diffusion; the interpolation is this project's choice.
 */
export function scaledLinearSigma(process: ScaledLinear): (timestep: number) => number {
  const logSigmas = logSigmaTable(process);
  const first = Math.exp(logSigmas[1] ?? 0);
  return (timestep) => {
    const t = Math.min(Math.max(timestep, 0), process.timesteps);
    if (t < 1) return t * first;
    const below = Math.min(Math.floor(t), process.timesteps - 1);
    const left = logSigmas[below] ?? 0;
    const right = logSigmas[below + 1] ?? left;
    return below === 0 ? first : Math.exp(left + (t - below) * (right - left));
  };
}

/** ln σ at t = 0..T, −∞ at 0. */
function logSigmaTable({ timesteps, betaStart, betaEnd }: ScaledLinear): Float64Array {
  const table = new Float64Array(timesteps + 1).fill(Number.NEGATIVE_INFINITY);
  const [from, to] = [Math.sqrt(betaStart), Math.sqrt(betaEnd)];
  let logAlphaBar = 0;
  for (let t = 1; t <= timesteps; t += 1) {
    const root = from + ((to - from) * (t - 1)) / Math.max(timesteps - 1, 1);
    logAlphaBar += Math.log1p(-root * root);
    table[t] = 0.5 * Math.log(Math.expm1(-logAlphaBar));
  }
  return table;
}

/** ᾱ = 1/(1 + σ²): the share of the signal's variance. */
export const alphaBarOf = (sigma: number): number => 1 / (1 + sigma * sigma);

/** 1 − ᾱ = σ²/(1 + σ²), exact also where ᾱ is close to 1. */
export const noiseShareOf = (sigma: number): number => (sigma * sigma) / (1 + sigma * sigma);
