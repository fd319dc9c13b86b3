import type { DenoiserValue, DiffusionProcess } from "@diopter/engine";

/** The process of the models that ship, for files whose metadata was lost. */
const defaultProcess: DiffusionProcess = {
  kind: "residual-shift",
  timesteps: 1000,
  kappa: 1,
  minNoise: 0.04,
  power: 0.3,
};

/**
 * The process from a file's metadata.
 * @throws RangeError for one that is not known, or whose numbers make no schedule.
 */
export function readProcess(value: unknown): DiffusionProcess {
  if (value === undefined) return defaultProcess;
  if (!isRecord(value)) throw new RangeError("The metadata's process is no object.");
  const timesteps = positive(value, "timesteps");
  if (!Number.isInteger(timesteps)) throw new RangeError("The process's timesteps are not whole.");
  if (value.kind === "scaled-linear") {
    const [betaStart, betaEnd] = [positive(value, "betaStart"), positive(value, "betaEnd")];
    if (betaStart >= 1 || betaEnd >= 1) throw new RangeError("The process's betas reach 1.");
    return { kind: "scaled-linear", timesteps, betaStart, betaEnd };
  }
  if (value.kind !== "residual-shift") {
    throw new RangeError(`The process "${String(value.kind)}" is not known.`);
  }
  return {
    kind: "residual-shift",
    timesteps,
    kappa: positive(value, "kappa"),
    minNoise: positive(value, "minNoise"),
    power: positive(value, "power"),
  };
}

/** @throws RangeError for a parametrisation that is not known. */
export function readPrediction(value: unknown): DenoiserValue["prediction"] {
  if (value === undefined || value === "x0") return "x0";
  if (value === "epsilon" || value === "v") return value;
  throw new RangeError(`The prediction "${String(value)}" is not known.`);
}

/** A file's metadata `config` as an object; empty where there is none or it cannot be read. */
export function parseConfig(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function positive(record: Readonly<Record<string, unknown>>, name: string): number {
  const value = record[name];
  if (typeof value === "number" && value > 0 && Number.isFinite(value)) return value;
  throw new RangeError(`The process's ${name} is not a positive number.`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
