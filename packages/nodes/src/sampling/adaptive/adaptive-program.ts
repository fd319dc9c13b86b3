import type { DenoiserValue, LoopPartValue, TensorModule, TensorProgram } from "@diopter/engine";
import type { GraphBuilder, Value } from "@diopter/onnx";
import { addStep, samplingStepKey, stepProgram } from "../loop/step-program.js";

/** What acts in a step's session beside the denoiser. */
export interface StepParts {
  /** `original`, `gain` → `injected`. */
  readonly injection: TensorModule | undefined;
  /** `clean`, `previous`, `original` → `gain`. */
  readonly gain: TensorModule | undefined;
  /** `clean`, `original` → `score`. */
  readonly score: TensorModule | undefined;
}

/** The modules of loop parts that belong into a step's session. */
export function stepParts(
  gain: LoopPartValue | undefined,
  injection: LoopPartValue | undefined,
): StepParts {
  return {
    injection: injection?.modules.injection,
    gain: gain?.modules.gain,
    score: gain?.modules.score,
  };
}

/**
 * One step of a batch of tiles as one session run: injection, denoiser, update and gain. Each tile
 * has its own timestep and coefficients.
 *
 * Inputs and outputs are those of `stepProgram`; with an injection also the input `gain`
 * [N, 2, 1, 1], what the tile's step before has gained; with a regressor the input `previous`
 * [N, C, h, w], the estimate of the step before, and the output `gained` [N, 2, 1, 1]; with a metric the
 * output `score` [N, 2, 1, 1].
 */
export function adaptiveProgram(denoiser: DenoiserValue, parts: StepParts): TensorProgram {
  const { injection, gain, score } = parts;
  if (injection === undefined && gain === undefined && score === undefined) {
    return stepProgram(denoiser, false);
  }
  const keys = [denoiser.network.key, injection?.key, gain?.key, score?.key];
  return {
    key: samplingStepKey(`adaptive ${JSON.stringify(keys)}`),
    build: (graph) => {
      const see = (original: Value<"float32">) => inject(graph, injection, original);
      const { clean, degraded } = addStep(graph, denoiser, false, see);
      if (gain !== undefined) {
        const shape = ["batch", denoiser.channels, "height", "width"];
        const previous = graph.input("previous", "float32", shape);
        const measured = gain.build(graph, { clean, previous, original: degraded });
        graph.output("gained", required(measured.gain, "gain"));
      }
      if (score !== undefined) {
        const measured = score.build(graph, { clean, original: degraded });
        graph.output("score", required(measured.score, "score"));
      }
    },
  };
}

function inject(
  graph: GraphBuilder,
  injection: TensorModule | undefined,
  original: Value<"float32">,
): Value<"float32"> {
  if (injection === undefined) return original;
  const gain = graph.input("gain", "float32", ["batch", 2, 1, 1]);
  return required(injection.build(graph, { original, gain }).injected, "injected original");
}

function required(value: Value<"float32"> | undefined, what: string): Value<"float32"> {
  if (value !== undefined) return value;
  throw new RangeError(`A part of the step gave no ${what}.`);
}
