import {
  type DenoiserValue,
  DiopterError,
  float32Tensor,
  type LatentValue,
  type Tensor,
} from "@diopter/engine";

/** @throws DiopterError `model/mismatch` at `original` for a latent that the model does not know. */
export function requireSameSpace(model: DenoiserValue, { space, samples }: LatentValue): void {
  const channels = samples.shape[1];
  if (space === model.space && channels === model.channels) return;
  throw new DiopterError("model/mismatch", {
    message:
      `The latent lies in the space "${space}" with ${channels} channels; ${model.name} works in ` +
      `"${model.space}" with ${model.channels}.`,
    remedy: "Encode with the VAE that the model was trained on.",
    port: "original",
  });
}

/** The pictures of a batch, sampled one by one, as one tensor; they are given up. */
export async function joinBatch(
  parts: readonly Tensor<"float32">[],
  shape: readonly number[],
): Promise<Tensor<"float32">> {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const samples = new Float32Array(shape.reduce((product, size) => product * size, 1));
  let place = 0;
  for (const part of parts) {
    const data = await part.read();
    samples.set(data, place);
    place += data.length;
    part.dispose();
  }
  return float32Tensor(shape, samples);
}
