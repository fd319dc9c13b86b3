import {
  DiopterError,
  defineNode,
  type ImageValue,
  image,
  integer,
  type LatentValue,
  latent,
  type RunContext,
  type Tensor,
  type TensorProgram,
  type VaeValue,
  vae,
} from "@diopter/engine";
import { runGridPass } from "./grid-pass.js";
import { tileElements } from "./tile-layout.js";

export const decode = defineNode({
  type: "latent/decode",
  version: 1,
  title: "Decode",
  help: "Turns a latent into a picture; large ones tile by tile, with the same result.",
  source:
    "Rombach et al., High-Resolution Image Synthesis with Latent Diffusion Models, section 3.1",
  inputs: {
    latent: latent(),
    vae: vae(),
    like: image({
      optional: true,
      help: "Gives the picture its alpha, colour profile and origin, such as the enlarged original.",
    }),
  },
  params: {
    tile: integer({
      default: 1024,
      min: 64,
      max: 16384,
      multipleOf: 8,
      unit: "px",
      help: "Pictures with a longer side are decoded in tiles of this side.",
    }),
  },
  outputs: { image: image() },
  run: async (inputs, { tile }, context) => {
    const { samples, pictureSize } = inputs.latent;
    const { downscale } = inputs.vae;
    requireSameSpace(inputs.latent, inputs.vae);
    const [height = 0, width = 0] = samples.shape.slice(2);
    const full = { width: width * downscale, height: height * downscale };
    const pixels = await runGridPass(
      {
        vae: inputs.vae,
        program: decoderProgram(inputs.vae),
        source: samples,
        grid: { width, height },
        sourceFactor: 1,
        targetFactor: downscale,
        target: { planes: 3, ...full, ...pictureSize },
        tile: tileElements(tile, downscale),
      },
      context,
    );
    return { image: dressed(pixels, inputs.like, context) };
  },
});

function requireSameSpace(encoded: LatentValue, decoder: VaeValue): void {
  const channels = encoded.samples.shape[1];
  if (encoded.space === decoder.space && channels === decoder.channels) return;
  throw new DiopterError("model/mismatch", {
    message:
      `The latent lies in the space "${encoded.space}" with ${channels} channels; ${decoder.name} ` +
      `decodes "${decoder.space}" with ${decoder.channels}.`,
    remedy: "Decode with the VAE that the latent was made for.",
    port: "vae",
  });
}

function decoderProgram({ decoder, channels }: VaeValue): TensorProgram {
  return {
    key: `latent/decode ${decoder.key}`,
    build: (graph) => {
      const latent = graph.input("source", "float32", ["batch", channels, "height", "width"]);
      const { image } = decoder.build(graph, { latent });
      if (image === undefined) throw new RangeError("The decoder gave no image.");
      graph.output("target", graph.clip(image, 0, 1));
    },
  };
}

/** The pixels with what `like` has beside its own; the alpha only where the sizes agree. */
function dressed(
  pixels: Tensor<"float32">,
  like: ImageValue | undefined,
  context: Pick<RunContext, "note">,
): ImageValue {
  if (like === undefined) return { pixels };
  const { alpha, profile, origin } = like;
  const fits =
    alpha === undefined || String(alpha.shape.slice(2)) === String(pixels.shape.slice(2));
  if (!fits) context.note("The alpha of `like` has another size than the picture and is left out.");
  return {
    pixels,
    ...(alpha !== undefined && fits ? { alpha } : {}),
    ...(profile === undefined ? {} : { profile }),
    ...(origin === undefined ? {} : { origin }),
  };
}
