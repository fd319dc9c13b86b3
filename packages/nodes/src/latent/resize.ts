import { choice, defineNode, integer, latent, number } from "@diopter/engine";
import { cropCentre } from "../image/centred-crop.js";
import { resizeFilters } from "../image/resample/index.js";
import { resampleTensor } from "../image/resample-tensor.js";

/** Widths and heights are those of the picture; the latent's follow, rounded, at least 1. */
export const resizeLatent = defineNode({
  type: "latent/resize",
  version: 1,
  title: "Resize latent",
  help: "Makes a latent larger or smaller by interpolation, without decoding it.",
  inputs: { latent: latent() },
  params: {
    by: choice({ default: "scale", options: ["scale", "size"] }),
    scale: number({ default: 2, min: 0.01, max: 64, softMin: 0.25, softMax: 4, unit: "×" }),
    width: integer({ default: 0, min: 0, max: 100_000, unit: "px", help: "0 keeps the ratio" }),
    height: integer({ default: 0, min: 0, max: 100_000, unit: "px", help: "0 keeps the ratio" }),
    crop: choice({ default: "none", options: ["none", "centre"], help: "Where the ratio differs" }),
    filter: choice({ default: "bicubic", options: resizeFilters }),
  },
  outputs: { latent: latent() },
  async run({ latent: source }, params, { signal, progress }) {
    const { samples, downscale, space } = source;
    const [, , height = 1, width = 1] = samples.shape;
    const target = targetSize({ width, height }, params, downscale);
    const cut = params.crop === "centre" ? await cropCentre(samples, target) : samples;
    const { filter } = params;
    const resized = await resampleTensor(cut, { ...target, filter, signal, progress });
    return { latent: { samples: resized, space, downscale } };
  },
});

interface Wanted {
  readonly by: "scale" | "size";
  readonly scale: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Wanted, "width" | "height">;

function targetSize(source: Size, wanted: Wanted, downscale: number): Size {
  const whole = (side: number) => Math.max(1, Math.round(side));
  if (wanted.by === "scale") {
    return {
      width: whole(source.width * wanted.scale),
      height: whole(source.height * wanted.scale),
    };
  }
  const width = wanted.width / downscale;
  const height = wanted.height / downscale;
  if (width === 0 && height === 0) return source;
  return {
    width: whole(width === 0 ? (source.width * height) / source.height : width),
    height: whole(height === 0 ? (source.height * width) / source.width : height),
  };
}
