import {
  choice,
  DiopterError,
  defineNode,
  gain,
  number,
  type VaeValue,
  vae,
} from "@diopter/engine";

const weight = (what: string, value: number) =>
  number({ default: value, min: 0, max: 100, softMax: 2, step: 0.1, help: what });

export const metricsGain = defineNode({
  type: "gain/metrics",
  version: 1,
  title: "Gain by metrics",
  help: "Measures what each step gains: slow, and what the regressor is to be compared with.",
  source: "AdaDiffSR, multi-metrics latent entropy, eq. 1-2",
  inputs: {
    vae: vae({ optional: true, help: "Decodes the previews; needed for metrics on previews." }),
  },
  params: {
    on: choice({
      default: "latents",
      options: ["latents", "previews"],
      help: "Latents, as the paper does, or what they decode to.",
    }),
    psnr: weight("Peak signal-to-noise ratio to the original; 8 dB count as 1.", 1),
    ssim: weight("Structural similarity to the original; 0.32 counts as 1.", 1),
    nlpd: weight("Normalised Laplacian pyramid distance to the original; 0.24 counts as 1.", 1),
    gmsd: weight("Gradient similarity deviation from the original; 0.11 counts as 1.", 1),
    niqe: weight("Distance of NIQE's features from photographs'; 10 count as 1.", 1),
    brisque: weight("Distance of BRISQUE's features from photographs'; 1.7 count as 1.", 1),
  },
  outputs: { gain: gain() },
  run: async (inputs, { on, ...weights }) => {
    const decoder = on === "previews" ? requireVae(inputs.vae).decoder : undefined;
    return {
      gain: {
        kind: "metrics",
        key: `metrics ${JSON.stringify([on, weights, decoder?.key])}`,
        modules: decoder === undefined ? {} : { decoder },
        options: { on, ...weights },
      },
    };
  },
});

/** @throws DiopterError `document/missing-input` where nothing is wired. */
export function requireVae(value: VaeValue | undefined): VaeValue {
  if (value !== undefined) return value;
  throw new DiopterError("document/missing-input", {
    message: "Metrics on previews need the VAE that decodes them.",
    remedy: "Wire model/load-vae, or measure on latents.",
    port: "vae",
  });
}
