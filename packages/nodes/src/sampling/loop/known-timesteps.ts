import { type DenoiserValue, DiopterError } from "@diopter/engine";

type Timesteps = Pick<DenoiserValue, "name" | "fixed" | "process">;

/**
 * @param steps evaluations that are wanted, from T on.
 * @throws DiopterError `model/mismatch` where the denoiser knows one timestep only, and they are
 * others.
 */
export function requireKnownTimesteps(denoiser: Timesteps, steps: number): void {
  const { name, fixed, process } = denoiser;
  if (fixed === undefined) return;
  if (steps !== 1) throw oneTimestepOnly(denoiser, `cannot take ${steps} steps`);
  if (fixed.timestep === process.timesteps) return;
  throw new DiopterError("model/mismatch", {
    message: `${name} is fixed to the timestep ${fixed.timestep}; sampling begins at ${process.timesteps}.`,
    remedy: `Streamline at ${process.timesteps}, or wire the model as it was.`,
    port: "denoiser",
  });
}

/** @throws DiopterError `model/mismatch` for a denoiser that knows one timestep only. */
export function requireAllTimesteps(denoiser: Timesteps): void {
  if (denoiser.fixed === undefined) return;
  throw oneTimestepOnly(denoiser, "cannot adapt its steps");
}

function oneTimestepOnly({ name, fixed }: Timesteps, what: string): DiopterError {
  return new DiopterError("model/mismatch", {
    message: `${name} knows the timestep ${fixed?.timestep} alone, and ${what}.`,
    remedy: "Use sampling/one-step, or a denoiser with time modules.",
    port: "denoiser",
  });
}
