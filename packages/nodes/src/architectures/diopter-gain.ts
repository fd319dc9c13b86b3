import type { TensorModule } from "@diopter/engine";
import { GraphBuilder, type GraphScope, type Value } from "@diopter/onnx";
import { convolution } from "./layers.js";
import { type Checkpoint, type ModelFamily, matchesFamily } from "./model-family.js";
import type { Weights } from "./weights.js";

type Features = Value<"float32">;

const family = "diopter-gain";

/** A network that tells what a sampling step has gained. */
export interface GainModel {
  readonly name: string;
  /** Of the latents that it compares. */
  readonly channels: number;
  /**
   * `clean`, `previous` and `original` [N, C, h, w], the estimates of the clean latent after and
   * before the step and the original's latent → `gain` [N, 2, 1, 1] in −1..1: full-reference, then
   * no-reference. Equal states give 0.
   */
  readonly module: TensorModule;
}

/**
 * The gain regressor that ships: what it knows of the two states gates linear features of their
 * difference, down to the mean over all places.
 * Source: AdaDiffSR, eq. 1-2 (MMLE); the form is this project's.
 */
export const diopterGain: ModelFamily<GainModel> = {
  name: family,
  matches: (checkpoint) =>
    matchesFamily(checkpoint, family, {
      "stem.weight": 4,
      "down.0.weight": 4,
      "gate.0.weight": 4,
      "detail.0.weight": 4,
      "head.weight": 4,
    }),
  load(checkpoint) {
    const { weights, name } = checkpoint;
    const channels = weights.shape("detail.0.weight")[1] ?? 0;
    const model: GainModel = { name, channels, module: gainModule(checkpoint) };
    const trial = new GraphBuilder({ name: "trial" });
    const state = (input: string) => trial.input(input, "float32", [1, channels, "h", "w"]);
    model.module.build(trial, {
      clean: state("clean"),
      previous: state("previous"),
      original: state("original"),
    });
    return model;
  },
};

function gainModule({ weights, hash }: Checkpoint): TensorModule {
  return {
    key: `${family} ${hash}`,
    build: (graph, { clean, previous, original }) => {
      if (clean === undefined || previous === undefined || original === undefined) {
        throw new RangeError("The gain needs clean, previous and original.");
      }
      const g = graph.scope("gain");
      const states = g.concat([clean, previous, original], 1);
      const start: readonly Features[] = [
        g.silu(convolution(g, states, weights.at("stem"))),
        g.sub(clean, previous),
      ];
      const levels = Array.from({ length: weights.count("down") }, (_, level) => String(level));
      const [, change = clean] = levels.reduce(
        ([context = clean, difference = clean], level) =>
          halve(g, context, difference, weights, level),
        start,
      );
      const mean = g.reduceMean(change, { axes: [2, 3] });
      return { gain: g.tanh(convolution(g, mean, weights.at("head"))) };
    },
  };
}

/** Both states at half the resolution, rounded up: the context, and the difference that it gates. */
function halve(
  g: GraphScope,
  context: Features,
  difference: Features,
  weights: Weights,
  level: string,
): readonly Features[] {
  const next = g.silu(convolution(g, context, weights.at("down").at(level), 2));
  const detail = convolution(g, difference, weights.at("detail").at(level), 2);
  return [next, g.mul(detail, convolution(g, next, weights.at("gate").at(level)))];
}
