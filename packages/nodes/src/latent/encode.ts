import {
  defineNode,
  image,
  integer,
  latent,
  type TensorProgram,
  type VaeValue,
  vae,
} from "@diopter/engine";
import { runGridPass } from "./grid-pass.js";
import { tileElements } from "./tile-layout.js";

export const encode = defineNode({
  type: "latent/encode",
  version: 1,
  title: "Encode",
  help: "Turns a picture into a latent; large pictures tile by tile, with the same result.",
  source:
    "Rombach et al., High-Resolution Image Synthesis with Latent Diffusion Models, section 3.1",
  inputs: { image: image(), vae: vae() },
  params: {
    tile: integer({
      default: 1024,
      min: 64,
      max: 16384,
      multipleOf: 8,
      unit: "px",
      help: "Pictures with a longer side are encoded in tiles of this side.",
    }),
  },
  outputs: { latent: latent() },
  run: async (inputs, { tile }, context) => {
    const { pixels } = inputs.image;
    const { downscale, channels, space } = inputs.vae;
    const [height = 0, width = 0] = pixels.shape.slice(2);
    const grid = { width: Math.ceil(width / downscale), height: Math.ceil(height / downscale) };
    const samples = await runGridPass(
      {
        vae: inputs.vae,
        program: encoderProgram(inputs.vae),
        source: pixels,
        grid,
        sourceFactor: downscale,
        targetFactor: 1,
        target: { planes: channels, ...grid },
        tile: tileElements(tile, downscale),
      },
      context,
    );
    const isExact = grid.width * downscale === width && grid.height * downscale === height;
    const pictureSize = isExact ? {} : { pictureSize: { width, height } };
    return { latent: { samples, space, downscale, ...pictureSize } };
  },
});

function encoderProgram({ encoder }: VaeValue): TensorProgram {
  return {
    key: `latent/encode ${encoder.key}`,
    build: (graph) => {
      const image = graph.input("source", "float32", ["batch", 3, "height", "width"]);
      const { latent } = encoder.build(graph, { image });
      if (latent === undefined) throw new RangeError("The encoder gave no latent.");
      graph.output("target", latent);
    },
  };
}
