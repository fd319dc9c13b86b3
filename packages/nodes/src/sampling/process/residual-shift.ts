import type { DiffusionProcess } from "@diopter/engine";

type ResidualShift = Extract<DiffusionProcess, { readonly kind: "residual-shift" }>;

/**
 * η(t) of the residual-shifting process x_t = x0 + η·(y − x0) + κ·√η·ε.
 *
 * √η = m·(0.99/m)^(u^p) with m = minNoise/κ and u = (t − 1)/(T − 1), which spreads ResShift's
 * course over t = 1..T; it is evaluated as it stands at fractional t. Below 1 √η is linear in t, so
 * that η(0) = 0. Outside 0..T the nearest end holds.
 * Source: Yue et al., ResShift, eq. 5-6.
 */
export function residualShiftEta(process: ResidualShift): (timestep: number) => number {
  const { timesteps, kappa, minNoise, power } = process;
  const smallest = minNoise / kappa;
  return (timestep) => {
    const t = Math.min(Math.max(timestep, 0), timesteps);
    const place = Math.max(t - 1, 0) / Math.max(timesteps - 1, 1);
    const root = smallest * (0.99 / smallest) ** (place ** power);
    return (Math.min(t, 1) * root) ** 2;
  };
}
