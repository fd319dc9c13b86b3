import { DiopterError, float32Tensor, type ScheduleValue, type Tensor } from "@diopter/engine";
import {
  coefficientNames,
  type SamplingRule,
  type StartCoefficients,
  type StepCoefficients,
} from "../rules/coefficients.js";
import type { Region } from "./region.js";

/** What one step's program is fed besides sample, noise and original. */
export interface StepInputs {
  readonly tensors: Readonly<Record<string, Tensor<"float32">>>;
  /** False where the update adds no noise anywhere. */
  readonly isNoisy: boolean;
}

/** A schedule and a rule, ready to be asked for each step's numbers. */
export interface Timeline {
  readonly steps: number;
  readonly perPixel: boolean;
  readonly start: StartCoefficients;
  /** The inputs of step `index`, 0 first; maps are cut to the region. */
  stepInputs(index: number, region: Region): StepInputs;
  /** Whether the region's first pixel gets noise: what `isNoisy` will mostly say, for less. */
  isLikelyNoisy(index: number, region: Region): boolean;
}

/**
 * Reads and checks a schedule.
 * @param terminal T of the denoiser's process.
 * @param width and height - of the latent, which maps must have too.
 * @throws DiopterError `node/invalid-value` at the port `schedule`.
 */
export async function createTimeline(
  schedule: ScheduleValue,
  rule: SamplingRule,
  terminal: number,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Timeline> {
  const perPixel = schedule.kind === "map";
  const entries = perPixel
    ? await readMaps(schedule.timesteps, width, height)
    : schedule.timesteps.map((timestep) => Float32Array.of(timestep));
  checkEntries(entries, terminal);
  const exact = perPixel ? entries : schedule.timesteps.map((timestep) => [timestep]);
  const stepInputs = (index: number, region: Region): StepInputs => {
    const cut = (entry: ArrayLike<number>) => (perPixel ? cutRegion(entry, width, region) : entry);
    const shape = perPixel ? [1, 1, region.height, region.width] : [1, 1, 1, 1];
    return feed(rule, cut(exact[index] ?? []), cut(exact[index + 1] ?? []), shape);
  };
  const isLikelyNoisy = (index: number, { x, y }: Region): boolean => {
    const first = perPixel ? y * width + x : 0;
    return rule.step(exact[index]?.[first] ?? 0, exact[index + 1]?.[first] ?? 0).fromNoise > 0;
  };
  const steps = entries.length - 1;
  return { steps, perPixel, start: rule.start(terminal), stepInputs, isLikelyNoisy };
}

async function readMaps(
  maps: readonly Tensor<"float32">[],
  width: number,
  height: number,
): Promise<readonly Float32Array[]> {
  for (const { shape } of maps) {
    if (shape.length === 4 && shape[2] === height && shape[3] === width) continue;
    throw invalid(`is made for a latent of [${shape.slice(2)}], this one is [${height},${width}]`);
  }
  return Promise.all(maps.map((map) => map.read()));
}

/** Every pixel starts at T, ends at 0 and never rises. */
function checkEntries(entries: readonly Float32Array[], terminal: number): void {
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined || entries.length < 2) throw invalid("is empty");
  const tolerance = terminal * 1e-5;
  if (first.some((timestep) => !(Math.abs(timestep - terminal) <= tolerance))) {
    throw invalid(`starts at ${first[0]}, the model at ${terminal}`);
  }
  if (last.some((timestep) => timestep !== 0)) throw invalid(`ends at ${last[0]}, not at 0`);
  entries.slice(1).forEach((entry, index) => {
    const before = entries[index];
    if (entry.every((timestep, place) => timestep <= (before?.[place] ?? 0))) return;
    throw invalid(`rises after step ${index + 1}`);
  });
}

function cutRegion(map: ArrayLike<number>, width: number, region: Region): Float64Array {
  return Float64Array.from({ length: region.width * region.height }, (_, place) => {
    const y = region.y + Math.floor(place / region.width);
    return map[y * width + region.x + (place % region.width)] ?? 0;
  });
}

function feed(
  rule: SamplingRule,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  shape: readonly number[],
): StepInputs {
  const steps: readonly StepCoefficients[] = Array.from(from, (timestep, place) =>
    rule.step(timestep, to[place] ?? 0),
  );
  const coefficients = coefficientNames.map((name) => {
    const values = Float32Array.from(steps, (step) => step[name]);
    return [name, float32Tensor(shape, values)] as const;
  });
  const timestep = float32Tensor(shape, Float32Array.from(from));
  return {
    tensors: { timestep, ...Object.fromEntries(coefficients) },
    isNoisy: steps.some(({ fromNoise }) => fromNoise > 0),
  };
}

function invalid(what: string): DiopterError {
  return new DiopterError("node/invalid-value", {
    message: `The schedule ${what}.`,
    remedy: "Make the schedule for this model and this picture.",
    port: "schedule",
  });
}
