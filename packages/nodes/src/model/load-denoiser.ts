import {
  type DenoiserValue,
  DiopterError,
  defineNode,
  denoiser,
  file,
  text,
} from "@diopter/engine";
import { diopterDenoiser, fixedDenoiser } from "../architectures/index.js";
import { buildModel, readCheckpoint } from "./read-checkpoint.js";
import { rememberModels } from "./remember-models.js";
import { shippedDenoisers } from "./shipped-models.js";

const built = rememberModels<DenoiserValue>();

export const loadDenoiser = defineNode({
  type: "model/load-denoiser",
  version: 2,
  title: "Load denoiser",
  help: "Loads a diffusion model from a .safetensors file.",
  inputs: {},
  params: {
    path: file({
      default: "denoiser-detail",
      content: "model",
      named: shippedDenoisers,
      help: "A .safetensors file, or the name of a model that ships.",
    }),
    mask: text({
      default: "",
      maxLength: 1000,
      help: "Which blocks run, a 1 or 0 for each, such as 11011; empty runs all.",
    }),
  },
  outputs: { denoiser: denoiser() },
  // Version 1 had another default, whose pictures are not the same.
  migrations: { 1: { params: (old) => ({ path: "denoiser", ...old }) } },
  run: async (_inputs, { path, mask }, context) => {
    const checkpoint = await readCheckpoint(shippedDenoisers[path] ?? context.resolve(path));
    const blocks = checkpoint.weights.count("blocks");
    const options = { mask: parseMask(mask, blocks) };
    const build = () => buildModel(checkpoint, [diopterDenoiser, fixedDenoiser], options);
    return { denoiser: built(checkpoint, mask, build) };
  },
});

function parseMask(mask: string, blocks: number): readonly boolean[] | undefined {
  if (mask === "") return undefined;
  if (/^[01]+$/.test(mask) && mask.length === blocks)
    return [...mask].map((digit) => digit === "1");
  throw new DiopterError("node/invalid-value", {
    message: `The mask "${mask}" is not one 0 or 1 for each of the model's ${blocks} blocks.`,
    remedy: `Write ${blocks} digits, or leave it empty.`,
    port: "mask",
  });
}
