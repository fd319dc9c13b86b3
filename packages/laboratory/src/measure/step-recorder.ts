import {
  type Device,
  float32Tensor,
  type ImageValue,
  type LatentValue,
  type Tensor,
  type TensorProgram,
  type VaeValue,
} from "@diopter/engine";
import { decode } from "@diopter/nodes/latent";
import { type BandRatiosByClass, bandRatios } from "@diopter/nodes/metrics";
import { isSamplingStep } from "@diopter/nodes/sampling";
import { lumaOf } from "./measures.js";

/** Keeps what each sampling step of one run holds the clean latent to be, on the host. */
export class StepRecorder {
  readonly #latents: Tensor<"float32">[] = [];

  async run(program: TensorProgram, outputs: Readonly<Record<string, Tensor>>): Promise<void> {
    const clean = outputs.clean;
    if (!isSamplingStep(program) || clean?.type !== "float32") return;
    const data = await clean.read();
    if (data instanceof Float32Array) {
      this.#latents.push(float32Tensor(clean.shape, data.slice()));
    }
  }

  /** One latent a step; empty where the picture was sampled in tiles or batches. */
  stepsOf(final: LatentValue): readonly LatentValue[] {
    const shape = String(final.samples.shape);
    if (this.#latents.some((latent) => String(latent.shape) !== shape)) return [];
    return this.#latents.map((samples) => ({ ...final, samples }));
  }
}

/**
 * The SNR of each step's decoded estimate against the decoded result, by frequency band and patch
 * class. The last step's is the result itself where the sampler ends without noise.
 */
export async function bandsOfSteps(
  steps: readonly LatentValue[],
  final: LatentValue,
  vae: VaeValue,
  around: { readonly device: Device; readonly signal: AbortSignal },
): Promise<readonly BandRatiosByClass[]> {
  const context = { ...quiet, ...around };
  const pictureOf = async (latent: LatentValue): Promise<ImageValue> =>
    (await decode.run({ latent, vae, like: undefined }, { tile: 1024 }, context)).image;
  const result = await lumaOf(await pictureOf(final));
  const ratios: BandRatiosByClass[] = [];
  for (const latent of steps) {
    const picture = await pictureOf(latent);
    ratios.push(bandRatios(await lumaOf(picture), result));
    picture.pixels.dispose();
  }
  return ratios;
}

const quiet = {
  node: "laboratory",
  progress: () => {},
  watched: false,
  preview: () => {},
  note: () => {},
  resolve: (path: string) => path,
  resolveOutput: (path: string) => path,
  workflowJson: "{}",
};
