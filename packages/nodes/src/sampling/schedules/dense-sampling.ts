import { DiopterError } from "@diopter/engine";

/** The families of resampling functions of TDS. */
export const resamplingFamilies = ["polynomial", "exponential", "trigonometric"] as const;
export type ResamplingFamily = (typeof resamplingFamilies)[number];

/** How timesteps are drawn towards both ends, 0 and T. */
export interface Resampling {
  readonly family: ResamplingFamily;
  /**
   * Polynomial: n ≥ 1, 1 is uniform. Exponential: c ≥ 0, 0 is uniform. Trigonometric: w from 0,
   * uniform, to 1.
   */
  readonly strength: number;
  /** a, 0 < a ≤ T: where the two halves meet; T densifies the late timesteps only. */
  readonly boundary: number;
}

/**
 * f(t) = a·g(t/a) below a, T − (T − a)·g((T − t)/(T − a)) from a on: strictly increasing from
 * f(0) = 0 to f(T) = T, with small gaps at both ends. Polynomial g(u) = uⁿ gives
 * f(t) = tⁿ/aⁿ⁻¹; exponential (e^{cu} − 1)/(e^c − 1); trigonometric (1 − w)u + w(1 − cos(πu/2)).
 * @throws DiopterError `node/invalid-value` for a strength or boundary outside its range.
 * Source: TSS, eq. 2-3; the other families' exact form is this project's choice (its table 4).
 */
export function resample(terminal: number, options: Resampling): (timestep: number) => number {
  const { boundary } = options;
  if (!(boundary > 0 && boundary <= terminal)) {
    throw invalid("boundary", `lies from just above 0 to ${terminal}`, boundary);
  }
  const curve = growthCurve(options);
  const rest = terminal - boundary;
  return (t) => {
    if (t < boundary || rest === 0) return boundary * curve(t / boundary);
    return terminal - rest * curve((terminal - t) / rest);
  };
}

function growthCurve({ family, strength }: Resampling): (u: number) => number {
  if (family === "polynomial") {
    if (!(strength >= 1)) throw invalid("strength", "of the polynomial is at least 1", strength);
    return (u) => u ** strength;
  }
  if (!(strength >= 0)) throw invalid("strength", `of the ${family} is at least 0`, strength);
  if (family === "exponential") {
    // Below this the curve is a straight line to 1e-10, and the quotient loses its digits at last.
    if (strength < 1e-9) return (u) => u;
    return (u) => Math.expm1(strength * u) / Math.expm1(strength);
  }
  if (strength > 1) throw invalid("strength", "of the trigonometric is at most 1", strength);
  return (u) => (1 - strength) * u + strength * (1 - Math.cos((Math.PI * u) / 2));
}

/**
 * The largest strength up to the wanted one at which neighbouring timesteps stay at least 1 apart
 * for h = T/T'. For the polynomial with h < a the bound is n ≤ ln a / ln(a/h) (and likewise for the
 * upper half); for the other families it is found by bisection, since the smallest gap shrinks as
 * the strength grows.
 */
export function clampStrength(terminal: number, steps: number, options: Resampling): number {
  const gap = (strength: number) => {
    const f = resample(terminal, { ...options, strength });
    const spacing = terminal / steps;
    const upper =
      options.boundary === terminal ? Number.POSITIVE_INFINITY : terminal - f(terminal - spacing);
    return Math.min(f(spacing), upper);
  };
  const tolerance = 1e-9;
  if (gap(options.strength) >= 1 - tolerance) return options.strength;
  let low = options.family === "polynomial" ? 1 : 0;
  let high = options.strength;
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (gap(middle) >= 1 - tolerance) low = middle;
    else high = middle;
  }
  return low;
}

function invalid(port: string, rule: string, value: number): DiopterError {
  return new DiopterError("node/invalid-value", {
    message: `The ${port} ${rule}, not ${value}.`,
    remedy: `Correct the ${port}.`,
    port,
  });
}
