import { type DenoiserValue, DiopterError, type SamplerValue } from "@diopter/engine";
import { residualShiftEta } from "../process/residual-shift.js";
import { scaledLinearSigma } from "../process/scaled-linear.js";
import type { SamplingRule } from "./coefficients.js";
import { ddimRule } from "./ddim.js";
import { ddpmRule } from "./ddpm.js";
import { eulerRule } from "./euler.js";
import { residualShiftRule } from "./residual-shift.js";

/**
 * The update rule that a sampler stands for, bound to the model's process. Without a sampler:
 * ResShift's own rule for a residual-shift model, deterministic DDIM for a scaled-linear one.
 * @throws DiopterError `model/mismatch` when the rule and the process do not go together.
 */
export function createRule(
  denoiser: Pick<DenoiserValue, "name" | "process" | "prediction">,
  sampler: SamplerValue | undefined,
): SamplingRule {
  const { process, prediction } = denoiser;
  if (process.kind === "residual-shift") {
    const { kind, eta } = sampler ?? { kind: "residual-shift", eta: 1 };
    if (kind !== "residual-shift") throw mismatch(denoiser.name, kind, "ResShift");
    if (prediction !== "x0") throw wrongPrediction(denoiser.name, prediction);
    return residualShiftRule(residualShiftEta(process), process.kappa, eta);
  }
  const { kind, eta } = sampler ?? { kind: "ddim", eta: 0 };
  const sigma = scaledLinearSigma(process);
  if (kind === "ddim") return ddimRule(sigma, prediction, eta);
  if (kind === "ddpm") return ddpmRule(sigma, prediction);
  if (kind === "euler") return eulerRule(sigma, prediction);
  throw mismatch(denoiser.name, kind, "DDIM, DDPM or Euler");
}

function mismatch(name: string, kind: string, suitable: string): DiopterError {
  return new DiopterError("model/mismatch", {
    message: `The sampler "${kind}" does not fit the process that ${name} was trained on.`,
    remedy: `Wire ${suitable}, or leave the sampler out.`,
    port: "sampler",
  });
}

function wrongPrediction(name: string, prediction: string): DiopterError {
  return new DiopterError("model/mismatch", {
    message: `${name} predicts ${prediction}; a residual-shift model must predict x0.`,
    remedy: "Correct the model's metadata, or load another model.",
    port: "denoiser",
  });
}
