import type { TensorModule, VaeValue } from "@diopter/engine";
import { GraphBuilder, type GraphScope, type Value } from "@diopter/onnx";
import { convolution, pixelUnshuffle, residualBlocks } from "./layers.js";
import { type Checkpoint, type ModelFamily, matchesFamily } from "./model-family.js";
import type { Weights } from "./weights.js";

type Features = Value<"float32">;

const downscale = 8;
const family = "diopter-vae";

/**
 * The autoencoder that ships: 8-fold, purely convolutional, without normalisation, so that tiles
 * with enough overlap give exactly the whole picture's result. Pixel-unshuffle in front and
 * pixel-shuffle behind keep the work at a quarter of the resolution and below. The encoder of the
 * small one has separable convolutions (TinySR, component streamlining).
 */
export const diopterVae: ModelFamily<VaeValue> = {
  name: family,
  matches: (checkpoint) =>
    matchesFamily(checkpoint, family, { latent_mean: 1, latent_std: 1, "decoder.stem.weight": 4 }),
  load(checkpoint) {
    const { weights, name } = checkpoint;
    const channels = weights.shape("latent_mean")[0] ?? 0;
    const vae: VaeValue = {
      name,
      space: checkpoint.file.metadata.get("space") ?? "diopter",
      channels,
      downscale,
      receptiveField: Math.max(encoderReach(weights), decoderReach(weights)),
      encoder: encoderModule(checkpoint),
      decoder: decoderModule(checkpoint),
    };
    const trial = new GraphBuilder({ name: "trial" });
    vae.encoder.build(trial, { image: trial.input("image", "float32", [1, 3, "h", "w"]) });
    vae.decoder.build(trial, { latent: trial.input("latent", "float32", [1, channels, "y", "x"]) });
    return vae;
  },
};

function encoderModule({ weights, hash }: Checkpoint): TensorModule {
  return {
    key: `${family} encoder ${hash}`,
    build: (graph, { image }) => {
      if (image === undefined) throw new RangeError("The encoder needs an image.");
      const g = graph.scope("encoder");
      const raw = encode(g, image, weights.at("encoder"));
      const { mean, deviation } = statistics(g, weights);
      return { latent: g.div(g.sub(raw, mean), deviation) };
    },
  };
}

function encode(g: GraphScope, image: Features, weights: Weights): Features {
  const centred = g.sub(g.mul(image, 2), 1);
  const stem = convolution(g, pixelUnshuffle(g, centred, 4), weights.at("stem"));
  const high = residualBlocks(g, stem, weights, "high");
  const down = weights.has("down.depthwise.weight")
    ? convolution(g, high, weights.at("down"), 2)
    : convolution(g, pixelUnshuffle(g, high, 2), weights.at("down"));
  return convolution(g, residualBlocks(g, down, weights, "low"), weights.at("head"));
}

function decoderModule({ weights, hash }: Checkpoint): TensorModule {
  return {
    key: `${family} decoder ${hash}`,
    build: (graph, { latent }) => {
      if (latent === undefined) throw new RangeError("The decoder needs a latent.");
      const g = graph.scope("decoder");
      const { mean, deviation } = statistics(g, weights);
      const raw = g.add(g.mul(latent, deviation), mean);
      const image = decode(g, raw, weights.at("decoder"));
      return { image: g.add(g.mul(image, 0.5), 0.5) };
    },
  };
}

function decode(g: GraphScope, raw: Features, weights: Weights): Features {
  const stem = convolution(g, raw, weights.at("stem"));
  const low = residualBlocks(g, stem, weights, "low");
  const up = g.depthToSpace(convolution(g, low, weights.at("up")), 2);
  const high = residualBlocks(g, up, weights, "high");
  return g.depthToSpace(convolution(g, high, weights.at("head")), 4);
}

/** The latent's mean and deviation per channel, as [1, C, 1, 1]. */
function statistics(g: GraphScope, weights: Weights): { mean: Features; deviation: Features } {
  const perChannel = (name: string) => g.reshape(g.weight(weights.tensor(name)), [1, -1, 1, 1]);
  return { mean: perChannel("latent_mean"), deviation: perChannel("latent_std") };
}

/** Pixels that the encoder looks at beyond those of one latent element. */
function encoderReach(weights: Weights): number {
  const encoder = weights.at("encoder");
  const strided = encoder.has("down.depthwise.weight") ? 1 : 0;
  const quarter = 1 + 2 * encoder.count("high") + strided;
  return 4 * quarter + 8 * (1 + 2 * encoder.count("low"));
}

/** Pixels beyond which a latent element no longer influences the decoder's picture. */
function decoderReach(weights: Weights): number {
  const decoder = weights.at("decoder");
  return 8 * (1 + 2 * decoder.count("low")) + 4 * (1 + 2 * decoder.count("high"));
}
