import { DiopterError, type TensorModule, type VaeValue } from "@diopter/engine";
import {
  GraphBuilder,
  type GraphScope,
  OnnxBuildError,
  OnnxModelError,
  type ParsedModel,
  type Value,
  type ValueDescription,
} from "@diopter/onnx";

/** A user's metric. */
export interface CustomMetric {
  readonly model: ParsedModel;
  /** Where the metric looks at pictures: what makes them of latents. */
  readonly decoder: Pick<VaeValue, "decoder" | "channels"> | undefined;
  /** Identity of the file and the decoder. */
  readonly key: string;
}

const inputNames = ["image", "reference"] as const;
const outputNames = ["fullReference", "noReference"] as const;

/** `clean` and `original` [N, C, h, w] → `score` [N, 2, 1, 1], 0 where the metric has none. */
export function customScore({ model, decoder, key }: CustomMetric): TensorModule {
  return {
    key: `custom ${key}`,
    build: (graph, { clean, original }) => {
      if (clean === undefined || original === undefined) {
        throw new RangeError("A metric needs clean and original.");
      }
      const g = graph.scope("metric");
      const seen = (latent: Value<"float32">, name: string) => looked(g, latent, decoder, name);
      const names = model.inputs.map(({ name }) => name);
      const inputs = names.includes("reference")
        ? { image: seen(clean, "image"), reference: seen(original, "reference") }
        : { image: seen(clean, "image") };
      const outputs = g.scope("file").inline(model, inputs);
      const scores = outputNames.map((name) => {
        const value = outputs[name];
        return value === undefined ? undefined : asColumn(g, value);
      });
      const [full, none] = scores;
      const known = full ?? none;
      if (known === undefined) throw new RangeError("The metric gave no score.");
      const zero = g.mul(known, 0);
      return { score: g.concat([full ?? zero, none ?? zero], 1) };
    },
  };
}

function looked(
  g: GraphScope,
  latent: Value<"float32">,
  vae: CustomMetric["decoder"],
  name: string,
): Value<"float32"> {
  if (vae === undefined) return latent;
  const { image } = vae.decoder.build(g.scope(name), { latent });
  if (image === undefined) throw new RangeError("The decoder gave no image.");
  return g.clip(image, 0, 1);
}

/** [N], [N, 1] or [N, 1, 1, 1] as the last of these. */
function asColumn(g: GraphScope, value: Value): Value<"float32"> {
  return g.reshape(g.cast(value, "float32"), [-1, 1, 1, 1]);
}

/**
 * Checks that the file can be used at all.
 * @returns the channels that it asks for; undefined where any will do.
 * @throws DiopterError `model/mismatch`, which names what does not fit.
 */
export function requireMetric(metric: CustomMetric, path: string): number | undefined {
  const { model, decoder } = metric;
  const image = model.inputs.find(({ name }) => name === "image");
  const fault =
    faultOfNames(model) ??
    model.inputs.map((input) => faultOfInput(input, decoder !== undefined)).find(Boolean) ??
    model.outputs.filter(isScore).map(faultOfOutput).find(Boolean) ??
    faultOfGraph(metric);
  if (fault === undefined) {
    const channels = image?.shape[1];
    return typeof channels === "number" ? channels : undefined;
  }
  throw new DiopterError("model/mismatch", {
    message: `"${path}" is no metric that can be used here: ${fault}.`,
    remedy:
      "Export it with opset 20, the inputs image and maybe reference [N, C, h, w] of any size, " +
      "and the outputs fullReference, noReference or both [N], all float32.",
    port: "path",
  });
}

const isScore = ({ name }: ValueDescription): boolean =>
  outputNames.some((known) => known === name);

function faultOfNames({ inputs, outputs }: ParsedModel): string | undefined {
  if (!inputs.some(({ name }) => name === "image")) return "it has no input image";
  const surplus = inputs.find(({ name }) => inputNames.every((known) => known !== name));
  if (surplus !== undefined) return `it has an input "${surplus.name}"`;
  return outputs.some(isScore) ? undefined : "it has no output fullReference or noReference";
}

function faultOfInput(
  { name, type, shape }: ValueDescription,
  isPicture: boolean,
): string | undefined {
  if (type !== "float32") return `its input ${name} is ${type}`;
  if (shape.length !== 4) return `its input ${name} has ${shape.length} axes`;
  const [batch, channels, ...size] = shape;
  if ([batch, ...size].some((length) => typeof length === "number")) {
    return `its input ${name} has the fixed shape [${shape.join(", ")}]`;
  }
  const fits = !isPicture || typeof channels !== "number" || channels === 3;
  return fits ? undefined : `its input ${name} has ${channels} channels, a picture 3`;
}

function faultOfOutput({ name, shape }: ValueDescription): string | undefined {
  const [, ...others] = shape;
  const isColumn = shape.length >= 1 && others.every((size) => size === 1);
  return isColumn ? undefined : `its output ${name} is [${shape.join(", ")}], not [N]`;
}

/** Builds the score once, for operators and shapes that do not fit. */
function faultOfGraph(metric: CustomMetric): string | undefined {
  const { model, decoder } = metric;
  const declared = model.inputs.find(({ name }) => name === "image")?.shape[1];
  const channels = decoder?.channels ?? (typeof declared === "number" ? declared : 1);
  const trial = new GraphBuilder({ name: "trial" });
  try {
    const latent = (name: string) => trial.input(name, "float32", ["batch", channels, "h", "w"]);
    customScore(metric).build(trial, { clean: latent("clean"), original: latent("original") });
    return undefined;
  } catch (thrown) {
    const known = OnnxModelError.isInstance(thrown) || OnnxBuildError.isInstance(thrown);
    if (known) return thrown.message.replace(/\.$/, "");
    throw thrown;
  }
}
