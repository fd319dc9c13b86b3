import type { TensorModule } from "@diopter/engine";
import { GraphBuilder, type GraphScope, multiplyDimensions, type Value } from "@diopter/onnx";
import { convolution } from "./layers.js";
import { type Checkpoint, type ModelFamily, matchesFamily } from "./model-family.js";
import type { Weights } from "./weights.js";

type Features = Value<"float32">;

const family = "diopter-injection";

/** How the gain reaches the original's features. */
export const injectionKinds = ["pfj", "concat", "cross-attention"] as const;
export type InjectionKind = (typeof injectionKinds)[number];

/** A network that changes what the denoiser sees of the original. */
export interface InjectionModel {
  readonly name: string;
  readonly kind: InjectionKind;
  /** Of the original's features. */
  readonly channels: number;
  /** `original` [N, O, h, w] and `gain` [N, 2, 1, 1] in −1..1 → `injected` [N, O, h, w]. */
  readonly module: TensorModule;
}

/**
 * The injections that ship: progressive feature injection, ô = α·o + β with (α, β) = φ(o, gain),
 * and what stands in its place in the paper's ablation, a network over both and cross-attention.
 * Source: AdaDiffSR, eq. 3 and table 5.
 */
export const diopterInjection: ModelFamily<InjectionModel> = {
  name: family,
  matches: (checkpoint) =>
    matchesFamily(checkpoint, family, { "body.head.weight": 4, "body.head.bias": 1 }),
  load(checkpoint) {
    const { weights, name, config } = checkpoint;
    const kind = kindOf(weights, config.kind);
    const stem = kind === "cross-attention" ? "body.stem.weight" : "body.trunk.stem.weight";
    const channels = weights.shape(stem)[1] ?? 0;
    const model: InjectionModel = {
      name,
      kind,
      channels,
      module: injectionModule(checkpoint, kind),
    };
    const trial = new GraphBuilder({ name: "trial" });
    model.module.build(trial, {
      original: trial.input("original", "float32", [1, channels, "h", "w"]),
      gain: trial.input("gain", "float32", [1, 2, 1, 1]),
    });
    return model;
  },
};

/** By metadata, or by what only one of them has. */
function kindOf(weights: Weights, named: unknown): InjectionKind {
  const known = injectionKinds.find((kind) => kind === named);
  if (known !== undefined) return known;
  if (named !== undefined)
    throw new RangeError(`The injection "${String(named)}" is not known here.`);
  if (weights.has("body.query.weight")) return "cross-attention";
  return weights.has("body.skip.weight") ? "concat" : "pfj";
}

function injectionModule({ weights, hash, config }: Checkpoint, kind: InjectionKind): TensorModule {
  const softness = typeof config.softness === "number" ? config.softness : 0.02;
  return {
    key: `${family} ${kind} ${hash}`,
    build: (graph, { original, gain }) => {
      if (original === undefined || gain === undefined) {
        throw new RangeError("An injection needs original and gain.");
      }
      const g = graph.scope("injection");
      // Gains of some thousandths and of some tenths on one scale.
      const soft = g.div(gain, g.add(g.abs(gain), softness));
      return { injected: bodies[kind](g, original, soft, weights.at("body")) };
    },
  };
}

type Body = (g: GraphScope, original: Features, gain: Features, weights: Weights) => Features;

const bodies: Readonly<Record<InjectionKind, Body>> = {
  pfj: (g, original, gain, weights) => {
    const head = convolution(g, trunk(g, original, gain, weights), weights.at("head"));
    const [scale = original, shift = original] = g.split(head, 2, 1);
    return g.add(g.mul(original, g.add(scale, 1)), shift);
  },
  concat: (g, original, gain, weights) =>
    g.add(
      convolution(g, original, weights.at("skip")),
      convolution(g, trunk(g, original, gain, weights), weights.at("head")),
    ),
  "cross-attention": (g, original, gain, weights) => {
    const features = g.silu(convolution(g, original, weights.at("stem")));
    const attended = g.add(features, attention(g, features, gain, weights));
    const inner = g.silu(convolution(g, attended, weights.at("middle")));
    return g.add(original, convolution(g, inner, weights.at("head")));
  },
};

function trunk(g: GraphScope, original: Features, gain: Features, weights: Weights): Features {
  const own = weights.at("trunk");
  const stem = convolution(g, original, own.at("stem"));
  const both = g.silu(g.add(stem, convolution(g, gain, own.at("gain"))));
  return g.silu(convolution(g, both, own.at("middle")));
}

/** Every place attends, with one head, to tokens made of the gain. */
function attention(g: GraphScope, features: Features, gain: Features, weights: Weights): Features {
  const width = weights.shape("query.weight")[0] ?? 1;
  const tokens = (weights.shape("key.weight")[0] ?? 1) / width;
  const [batch = 1, , height = 1, columns = 1] = features.shape;
  const places = multiplyDimensions(height, columns);
  const query = g.reshape(convolution(g, features, weights.at("query")), [batch, width, places]);
  const token = g.silu(convolution(g, gain, weights.at("token")));
  const key = g.reshape(convolution(g, token, weights.at("key")), [batch, tokens, width]);
  const value = g.reshape(convolution(g, token, weights.at("value")), [batch, width, tokens]);
  const scores = g.mul(g.matMul(key, query), width ** -0.5);
  const mixed = g.matMul(value, g.softmax(scores, 1));
  return g.reshape(mixed, [batch, width, height, columns]);
}
