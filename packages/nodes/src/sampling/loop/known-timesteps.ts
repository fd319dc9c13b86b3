import { type DenoiserValue, DiopterError } from "@diopter/engine";

/**
 * @param steps evaluations that are wanted, from T on.
 * @throws DiopterError `model/mismatch` where the denoiser knows one timestep only, and they are
 * others.
 */
export function requireKnownTimesteps(
  { name, fixed, process }: Pick<DenoiserValue, "name" | "fixed" | "process">,
  steps: number,
): void {
  if (fixed === undefined) return;
  if (fixed.timestep !== process.timesteps) {
    throw new DiopterError("model/mismatch", {
      message: `${name} is fixed to the timestep ${fixed.timestep}; sampling begins at ${process.timesteps}.`,
      remedy: `Streamline at ${process.timesteps}, or wire the model as it was.`,
      port: "denoiser",
    });
  }
  if (steps === 1) return;
  throw new DiopterError("model/mismatch", {
    message: `${name} knows the timestep ${fixed.timestep} alone, and cannot take ${steps} steps.`,
    remedy: "Use sampling/one-step or one step, or a denoiser with time modules.",
    port: "denoiser",
  });
}
