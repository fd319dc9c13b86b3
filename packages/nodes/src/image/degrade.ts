import {
  boolean,
  choice,
  DiopterError,
  defineNode,
  float32Tensor,
  type ImageValue,
  image,
  integer,
  seed,
  textPort,
} from "@diopter/engine";
import {
  bicubicRecipe,
  degrade,
  drawRecipe,
  fullRanges,
  lightRanges,
  type Recipe,
  type RecipeRequest,
  realEsrganSharpening,
} from "../degradation/index.js";
import { crop } from "./crop.js";
import { resizeTensor } from "./resize.js";

const presets = { light: lightRanges, full: fullRanges, bicubic: undefined } as const;

/**
 * Sides that are no multiples of the scale lose their last columns and rows first; `reference` is
 * what is left, so that `image` enlarged by the scale lies exactly on it. Each picture of a batch
 * gets a recipe of its own. The recipe is drawn from Philox by the seed, in the order in which the
 * training draws its own from NumPy: the same recipe gives the same picture in both, the same seed
 * does not. Results are rounded to 8 bits. The alpha is reduced bicubically.
 */
export const degradeImage = defineNode({
  type: "image/degrade",
  version: 1,
  title: "Degrade",
  help: "Makes a sharp picture small, blurred, noisy and compressed, to try enlarging on.",
  source:
    'X. Wang et al., "Real-ESRGAN", ICCVW 2021; ranges of J. Wang et al., StableSR, IJCV 2024',
  inputs: { image: image({ help: "A sharp picture" }) },
  params: {
    seed: seed({ default: 0 }),
    preset: choice({
      default: "light",
      options: ["light", "full", "bicubic"],
      help: "StableSR's ranges, Real-ESRGAN's, or a bicubic reduction alone",
    }),
    scale: integer({ default: 4, min: 1, max: 16, unit: "×", help: "How many times smaller" }),
    sharpen: boolean({
      default: false,
      help: "Sharpen first, as Real-ESRGAN's training does; not for bicubic",
    }),
  },
  outputs: {
    image: image({ help: "The small picture" }),
    reference: image({ help: "The sharp picture, cropped to multiples of the scale" }),
    recipe: textPort({ help: "What was done, as JSON: a list with one recipe a picture" }),
  },
  async run(inputs, params, context) {
    const size = degradedSize(inputs.image, params.scale);
    const area = { width: size.width * params.scale, height: size.height * params.scale };
    const place = { from: "top-left", x: 0, y: 0, ...area } as const;
    const { image: reference } = await crop.run(inputs, place, context);
    const [count = 1] = reference.pixels.shape;
    const recipes = Array.from({ length: count }, (_, item) =>
      chooseRecipe({ ...area, ...params, item }),
    );
    const pixels = await degradeBatch(await reference.pixels.read(), area, recipes, {
      signal: context.signal,
      progress: (done, total) => context.progress(done, total, "operation"),
    });
    const small = float32Tensor([count, 3, size.height, size.width], pixels);
    context.preview({ kind: "image", pixels: small });
    const { signal } = context;
    const alpha =
      reference.alpha &&
      (await resizeTensor(reference.alpha, { ...size, filter: "bicubic", signal }));
    const image: ImageValue = {
      ...reference,
      pixels: small,
      alpha,
      origin: reference.origin && {
        ...reference.origin,
        bitDepth: 8,
        gray: reference.origin.gray && params.preset === "bicubic",
      },
    };
    return { image, reference, recipe: JSON.stringify(recipes) };
  },
});

interface Size {
  readonly width: number;
  readonly height: number;
}

/** @throws DiopterError `image/size-mismatch` when nothing would be left. */
function degradedSize({ pixels }: ImageValue, scale: number): Size {
  const [, , height = 1, width = 1] = pixels.shape;
  const size = { width: Math.floor(width / scale), height: Math.floor(height / scale) };
  if (Math.min(size.width, size.height) > 0) return size;
  throw new DiopterError("image/size-mismatch", {
    message: `A picture of ${width} × ${height} cannot be made ${scale} times smaller.`,
    remedy: "Take a larger picture or a smaller scale.",
    port: "image",
  });
}

interface RecipeChoice extends Omit<RecipeRequest, "ranges"> {
  readonly preset: keyof typeof presets;
  readonly sharpen: boolean;
}

function chooseRecipe({ preset, sharpen, ...request }: RecipeChoice): Recipe {
  const ranges = presets[preset];
  if (ranges === undefined) return bicubicRecipe(request.width, request.height, request.scale);
  const recipe = drawRecipe({ ...request, ranges });
  return sharpen ? { ...recipe, operations: [realEsrganSharpening, ...recipe.operations] } : recipe;
}

interface BatchOptions {
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/** All pictures of the batch, one recipe each, one after the other. */
async function degradeBatch(
  pixels: Float32Array,
  { width, height }: Size,
  recipes: readonly Recipe[],
  { signal, progress }: BatchOptions,
): Promise<Float32Array> {
  const total = recipes.reduce((sum, recipe) => sum + recipe.operations.length, 0);
  const length = 3 * width * height;
  const results: Float32Array[] = [];
  let before = 0;
  for (const [item, recipe] of recipes.entries()) {
    const picture = { width, height, pixels: pixels.subarray(item * length, (item + 1) * length) };
    const onOperation = (done: number): void => progress(before + done, total);
    results.push((await degrade(picture, recipe, { signal, onOperation })).pixels);
    before += recipe.operations.length;
  }
  return joined(results);
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
