import {
  choice,
  DiopterError,
  defineNode,
  float32Tensor,
  image,
  number,
  type Tensor,
} from "@diopter/engine";
import { coverSize } from "./centred-crop.js";

const modes = ["normal", "multiply", "screen", "overlay", "soft-light", "difference"] as const;

/** What comes of a value of the first picture and one of the second, both 0 to 1. */
type Blend = (first: number, second: number) => number;

const multiply: Blend = (a, b) => a * b;
const screen: Blend = (a, b) => a + b - a * b;
const blends: Readonly<Record<(typeof modes)[number], Blend>> = {
  normal: (_, b) => b,
  multiply,
  screen,
  overlay: (a, b) => (a <= 0.5 ? multiply(2 * a, b) : screen(2 * a - 1, b)),
  "soft-light": softLight,
  difference: (a, b) => Math.abs(a - b),
};

function softLight(a: number, b: number): number {
  if (b <= 0.5) return a - (1 - 2 * b) * a * (1 - a);
  const lifted = a <= 0.25 ? ((16 * a - 12) * a + 4) * a : Math.sqrt(a);
  return a + (2 * b - 1) * (lifted - a);
}

/** What the first picture has beside its pixels stays. */
export const blend = defineNode({
  type: "image/blend",
  version: 1,
  title: "Blend",
  help: "Lays a picture over another, with one of the usual modes.",
  source: "W3C Compositing and Blending Level 1, section 10",
  inputs: {
    first: image({ help: "The picture beneath, which gives the size." }),
    second: image({
      help: "Cut to the ratio of the first and resized, where it has another size.",
    }),
  },
  params: {
    amount: number({ default: 0.5, min: 0, max: 1, help: "0 is the first, 1 the blended one." }),
    mode: choice({ default: "normal", options: modes }),
  },
  outputs: { image: image() },
  async run({ first, second }, { amount, mode }, { signal }) {
    const [count = 1, channels = 3, height = 1, width = 1] = first.pixels.shape;
    const over = await coverSize(second, { width, height }, "bicubic", signal);
    requireCount(count, over);
    const [beneath, above] = [await first.pixels.read(), await over.read()];
    const pixels = new Float32Array(beneath.length);
    const blended = blends[mode];
    for (let index = 0; index < pixels.length; index += 1) {
      const a = beneath[index] ?? 0;
      const value = a + amount * (blended(a, above[index % above.length] ?? 0) - a);
      pixels[index] = Math.min(1, Math.max(0, value));
    }
    return { image: { ...first, pixels: float32Tensor([count, channels, height, width], pixels) } };
  },
});

function requireCount(count: number, { shape: [added = 1] }: Tensor): void {
  if (added === count || added === 1) return;
  throw new DiopterError("image/size-mismatch", {
    message: `${added} pictures cannot be laid over ${count}.`,
    remedy: "Give one picture, or as many.",
    port: "second",
  });
}
