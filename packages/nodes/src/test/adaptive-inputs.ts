import type { LoopPartValue } from "@diopter/engine";
import { mmle } from "../gain/index.js";
import { dtss } from "../sampling/dtss.js";
import { goldenPath } from "./golden-cases.js";
import { testContext } from "./run-context.js";
import { nothingWired } from "./sampling-inputs.js";

/** Parameters of sampling/sample-adaptive for small latents. */
export const adaptiveDefaults = {
  steps: 5,
  seed: 7,
  tile: 16,
  overlap: 8,
  batch: 4,
  blend: "at the end",
} as const;

/** The optional inputs of sampling/sample-adaptive, all of them left out. */
export const nothingAdaptive = {
  ...nothingWired,
  gain: undefined,
  policy: undefined,
  injection: undefined,
};

/** Parameters of sampling/dtss. */
const dtssDefaults = {
  threshold: 0.005,
  growing: 50,
  mixed: 100,
  stable: 150,
  still: 200,
  start: 1000,
  leaveEarly: true,
} as const;

/** The tiny regressor of the golden values. */
export const tinyGain = async (): Promise<LoopPartValue> =>
  (await mmle.run({}, { path: goldenPath("gain.safetensors") }, testContext())).gain;

export const dynamicPolicy = async (
  changed: Partial<Parameters<typeof dtss.run>[1]> = {},
): Promise<LoopPartValue> =>
  (await dtss.run({}, { ...dtssDefaults, ...changed }, testContext())).policy;

/** Brightens what the tiny denoiser sees of the original by the gain. */
export const brighten: LoopPartValue = {
  kind: "pfj",
  key: "brighten",
  options: { channels: 16 },
  modules: {
    injection: {
      key: "brighten",
      build: (g, { original, gain }) => {
        if (original === undefined || gain === undefined) throw new RangeError("An input lacks.");
        return { injected: g.add(original, g.reduceMean(gain, { axes: 1 })) };
      },
    },
  },
};
