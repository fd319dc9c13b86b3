import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  choice,
  DiopterError,
  defineNode,
  file,
  gain,
  hashFile,
  number,
  vae,
} from "@diopter/engine";
import { type ParsedModel, readModel } from "@diopter/onnx";
import { type CustomMetric, customScore, requireMetric } from "./custom-metric.js";
import { requireVae } from "./metrics.js";

export const customGain = defineNode({
  type: "gain/custom",
  version: 1,
  title: "Gain by a metric of your own",
  help: "Asks an ONNX file how good each estimate is; its scores' differences are the gain.",
  source: "AdaDiffSR, multi-metrics latent entropy, eq. 1-2",
  inputs: {
    vae: vae({ optional: true, help: "Decodes the previews; needed for a metric of pictures." }),
  },
  params: {
    path: file({
      default: "",
      content: "model",
      help: "Opset 20, float32: image, maybe reference → fullReference, noReference or both.",
    }),
    on: choice({
      default: "previews",
      options: ["latents", "previews"],
      help: "What image and reference are: [N, C, h, w], or pictures [N, 3, H, W] of 0..1.",
    }),
    scale: number({
      default: 1,
      min: -1000,
      max: 1000,
      softMin: -2,
      softMax: 2,
      step: 0.1,
      help: "Multiplies the scores; negative where a lower score is better.",
    }),
  },
  outputs: { gain: gain() },
  run: async (inputs, { path, on, scale }, context) => {
    const absolute = context.resolve(path);
    const model = await openMetric(absolute);
    const decoder = on === "previews" ? requireVae(inputs.vae) : undefined;
    const metric: CustomMetric = {
      model,
      decoder,
      key: `${await hashFile(absolute)} ${decoder?.decoder.key ?? "latents"}`,
    };
    const channels = requireMetric(metric, absolute);
    const score = customScore(metric);
    const options = channels === undefined || on === "previews" ? { scale } : { scale, channels };
    return { gain: { kind: "custom", key: `${score.key} ${scale}`, modules: { score }, options } };
  },
});

async function openMetric(path: string): Promise<ParsedModel> {
  try {
    return readModel(await readFile(path), { folder: dirname(path) });
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    throw new DiopterError(missing ? "model/not-found" : "model/corrupt", {
      message: missing ? `There is no metric "${path}".` : `"${path}" is no ONNX model.`,
      remedy: "Name an .onnx file with the inputs and outputs that docs/nodes.md describes.",
      port: "path",
      cause,
    });
  }
}
