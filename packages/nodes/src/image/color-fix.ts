import { choice, defineNode, image, number } from "@diopter/engine";
import { adaptiveNormalisation, lowFrequencies } from "./colour-statistics.js";

/**
 * - `wavelet`: keeps the picture's detail and takes the reference's five-level low frequencies.
 *   Σ(x − low) telescopes to x − L(x), and L is linear, so that x + L(reference − x) is the same.
 * - `adain`: gives each channel the reference's mean and standard deviation.
 *
 * A reference of another size is interpolated (bilinear) to the picture's; it is meant to be the
 * smaller original. The result is clamped to 0..1.
 */
export const colorFix = defineNode({
  type: "image/color-fix",
  version: 1,
  title: "Colour fix",
  help: "Gives an enlarged picture the colours of its original.",
  source: "AdaIN: Huang and Belongie 2017, eq. 8; wavelet: StableSR",
  inputs: {
    image: image({ help: "The enlarged picture" }),
    reference: image({ help: "The original, of any size" }),
  },
  params: {
    method: choice({ default: "wavelet", options: ["wavelet", "adain"] }),
    strength: number({ default: 1, min: 0, max: 1 }),
  },
  outputs: { image: image() },
  graph(graph, { image: picture, reference }, { method, strength }) {
    if (method === "adain") {
      const fixed = adaptiveNormalisation(graph, picture, reference);
      const change = graph.mul(strength, graph.sub(fixed, picture));
      return { image: graph.clip(graph.add(picture, change), 0, 1) };
    }
    const resized = graph.resize(reference, { sizes: picture.shape, mode: "linear" });
    const low = lowFrequencies(graph, graph.sub(resized, picture));
    return { image: graph.clip(graph.add(picture, graph.mul(strength, low)), 0, 1) };
  },
});
