import type { DenoiserValue, TensorProgram } from "@diopter/engine";
import type { GraphBuilder, Value } from "@diopter/onnx";
import type { StepCoefficients } from "../rules/coefficients.js";

type Coefficients = Readonly<Record<keyof StepCoefficients, Value<"float32">>>;

const keyPrefix = "sampling/step";

/** True for programs whose every run evaluates a denoiser once for each of its `sample`. */
export function isSamplingStep({ key }: TensorProgram): boolean {
  return key.startsWith(samplingStepKey(""));
}

/** The key of a program that evaluates the denoiser once for each of its `sample`. */
export const samplingStepKey = (what: string): string => `${keyPrefix} ${what}`;

/**
 * One sampling step as one session run: scaling, denoiser, x̂0 and update (see StepCoefficients).
 *
 * Inputs: `sample` and `noise` [N, C, h, w], `original` [N, O, h, w], `timestep` and each
 * coefficient [N, 1, 1, 1], or [N, 1, h, w] where they differ from pixel to pixel. Outputs: `next`
 * and `clean` [N, C, h, w]. Schedule, rule and number of steps are in the inputs alone, so that
 * another of them builds nothing anew.
 */
export function stepProgram(denoiser: DenoiserValue, perPixel: boolean): TensorProgram {
  const spread = perPixel ? "map" : "scalar";
  return {
    key: samplingStepKey(`${spread} ${denoiser.network.key}`),
    build: (graph) => {
      addStep(graph, denoiser, perPixel, (original) => original);
    },
  };
}

/** Values of a step that more can be built upon. */
export interface StepValues {
  readonly clean: Value<"float32">;
  /** The original's latent [N, C, h, w]. */
  readonly degraded: Value<"float32">;
}

/**
 * Declares a step's inputs and outputs, see {@link stepProgram}.
 * @param see what the denoiser gets in place of the original; the update keeps the original.
 */
export function addStep(
  graph: GraphBuilder,
  { network, channels, originalChannels }: DenoiserValue,
  perPixel: boolean,
  see: (original: Value<"float32">) => Value<"float32">,
): StepValues {
  const size = ["height", "width"];
  const sample = graph.input("sample", "float32", ["batch", channels, ...size]);
  const noise = graph.input("noise", "float32", ["batch", channels, ...size]);
  const original = graph.input("original", "float32", ["batch", originalChannels, ...size]);
  const one = (name: string) =>
    graph.input(name, "float32", ["batch", 1, ...(perPixel ? size : [1, 1])]);
  const timestep = one("timestep");
  const coefficients = eachCoefficient(one);
  const scaled = graph.mul(sample, coefficients.inputScale);
  const seen = see(original);
  const { prediction } = network.build(graph, { sample: scaled, timestep, original: seen });
  if (prediction === undefined) throw new RangeError("The network gave no prediction.");
  const clean = graph.add(
    graph.mul(sample, coefficients.cleanFromSample),
    graph.mul(prediction, coefficients.cleanFromPrediction),
  );
  const degraded = firstChannels(graph, original, channels, originalChannels);
  const next = [
    graph.mul(sample, coefficients.fromSample),
    graph.mul(clean, coefficients.fromClean),
    graph.mul(degraded, coefficients.fromOriginal),
    graph.mul(noise, coefficients.fromNoise),
  ].reduce((sum, part) => graph.add(sum, part));
  graph.output("next", next);
  graph.output("clean", clean);
  return { clean, degraded };
}

function eachCoefficient(of: (name: keyof StepCoefficients) => Value<"float32">): Coefficients {
  return {
    inputScale: of("inputScale"),
    cleanFromSample: of("cleanFromSample"),
    cleanFromPrediction: of("cleanFromPrediction"),
    fromSample: of("fromSample"),
    fromClean: of("fromClean"),
    fromOriginal: of("fromOriginal"),
    fromNoise: of("fromNoise"),
  };
}

function firstChannels(
  graph: GraphBuilder,
  original: Value<"float32">,
  channels: number,
  total: number,
): Value<"float32"> {
  if (total === channels) return original;
  const [latent = original] = graph.split(original, [channels, total - channels], 1);
  return latent;
}
