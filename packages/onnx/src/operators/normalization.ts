import { float, integer } from "../core/attributes.js";
import type { DataType } from "../core/data-types.js";
import { compareDimensions, type Dimension } from "../core/dimension.js";
import type { OperatorNode } from "../core/operator-node.js";
import { broadcastShapes, isStaticShape } from "../core/shape.js";
import type { Value } from "../core/value.js";
import { ReductionOperators } from "./reduction.js";

export interface AffineOptions<D extends DataType = DataType> {
  readonly scale?: Value<D> | undefined;
  readonly bias?: Value<D> | undefined;
  /** Added to the variance, 1e-5 by default. */
  readonly epsilon?: number;
}

export interface LayerNormalizationOptions<D extends DataType = DataType> {
  readonly scale: Value<D>;
  readonly bias?: Value<D> | undefined;
  /** The first of the axes that are normalised together; the last one (-1) by default. */
  readonly axis?: number;
  readonly epsilon?: number;
}

export interface GroupNormOptions<D extends DataType = DataType> extends AffineOptions<D> {
  readonly groups: number;
}

/** Normalisations, softmax, and the activations that are made of several operators. */
export class NormalizationOperators extends ReductionOperators {
  /** Exponentials divided by their sum along an axis. */
  softmax<D extends DataType>(x: Value<D>, axis = -1): Value<D> {
    return this.#alongAxis("Softmax", x, axis);
  }

  /** The logarithm of softmax. */
  logSoftmax<D extends DataType>(x: Value<D>, axis = -1): Value<D> {
    return this.#alongAxis("LogSoftmax", x, axis);
  }

  /** Zero mean and unit variance over the axes from `axis` on, then scale and bias. */
  layerNormalization<D extends DataType>(
    x: Value<D>,
    { scale, bias, axis = -1, epsilon = 1e-5 }: LayerNormalizationOptions<D>,
  ): Value<D> {
    const node = this.begin("LayerNormalization", { x, scale, bias });
    node.requireFamily("x", "float");
    const at = node.axis(axis, x.shape.length);
    const normalised = x.shape.slice(at);
    for (const parameter of [scale, bias]) {
      if (parameter === undefined || broadcastShapes(normalised, parameter.shape)) continue;
      throw node.error("shape-mismatch", `scale and bias must fit [${normalised.join(", ")}]`);
    }
    return node.output(x.type, x.shape, { axis: integer(at), epsilon: float(epsilon) });
  }

  /** Zero mean and unit variance within every channel of every picture, then scale and bias. */
  instanceNormalization<D extends DataType>(
    x: Value<D>,
    scale: Value<D>,
    bias: Value<D>,
    epsilon = 1e-5,
  ): Value<D> {
    const node = this.begin("InstanceNormalization", { x, scale, bias });
    node.requireFamily("x", "float");
    node.requireRank("x", 3, Number.POSITIVE_INFINITY);
    requireChannels(node, [scale, bias], x.shape[1] ?? 1);
    return node.output(x.type, x.shape, { epsilon: float(epsilon) });
  }

  /**
   * Zero mean and unit variance within groups of channels (Wu and He, Group Normalization), then
   * scale and bias per channel. Composed of InstanceNormalization on [batch, groups, elements],
   * which every device has.
   */
  groupNorm<D extends DataType>(
    x: Value<D>,
    { groups, scale, bias, epsilon = 1e-5 }: GroupNormOptions<D>,
  ): Value<D> {
    const channels = x.shape[1] ?? 1;
    const checked = this.begin("GroupNorm", { x, scale, bias });
    checked.requireFamily("x", "float");
    checked.requireRank("x", 3, Number.POSITIVE_INFINITY);
    requireChannels(checked, [scale, bias], channels);
    if (typeof channels === "number" && channels % groups !== 0) {
      throw checked.error(
        "shape-mismatch",
        `${channels} channels do not divide by ${groups} groups`,
      );
    }
    const ones = this.#filled(1, groups, x.type);
    const zeros = this.#filled(0, groups, x.type);
    const grouped = this.reshape(x, [0, groups, -1]);
    const normalised = this.instanceNormalization(grouped, ones, zeros, epsilon);
    const restored = this.reshape(normalised, isStaticShape(x.shape) ? x.shape : this.shape(x));
    return this.#perChannel(restored, scale, bias);
  }

  /** x * sigmoid(x), also called swish. */
  silu<D extends DataType>(x: Value<D>): Value<D> {
    return this.mul(x, this.sigmoid(x));
  }

  /** x * Φ(x) with the normal distribution's Φ: exact by erf, or the approximation by tanh. */
  gelu<D extends DataType>(x: Value<D>, form: "erf" | "tanh" = "erf"): Value<D> {
    if (form === "erf") {
      const doubled = this.add(this.erf(this.mul(x, Math.SQRT1_2)), 1);
      return this.mul(this.mul(x, 0.5), doubled);
    }
    const cubic = this.mul(this.mul(this.mul(x, x), x), 0.044715);
    const argument = this.mul(this.add(x, cubic), Math.sqrt(2 / Math.PI));
    return this.mul(this.mul(x, 0.5), this.add(this.tanh(argument), 1));
  }

  /** x where it is positive, slope * x elsewhere. */
  leakyRelu<D extends DataType>(x: Value<D>, slope = 0.01): Value<D> {
    const node = this.begin("LeakyRelu", { x });
    node.requireFamily("x", "float");
    return node.output(x.type, x.shape, { alpha: float(slope) });
  }

  #filled<D extends DataType>(value: number, count: number, type: D): Value<D> {
    return this.numbers(
      Array.from({ length: count }, () => value),
      type,
      [count],
    );
  }

  #perChannel<D extends DataType>(x: Value<D>, scale?: Value<D>, bias?: Value<D>): Value<D> {
    const axes = x.shape.slice(2).map((_, index) => index + 1);
    const scaled = scale === undefined ? x : this.mul(x, this.unsqueeze(scale, axes));
    return bias === undefined ? scaled : this.add(scaled, this.unsqueeze(bias, axes));
  }

  #alongAxis<D extends DataType>(operator: string, x: Value<D>, axis: number): Value<D> {
    const node = this.begin(operator, { x });
    node.requireFamily("x", "float");
    return node.output(x.type, x.shape, { axis: integer(node.axis(axis, x.shape.length)) });
  }
}

function requireChannels(
  node: OperatorNode,
  parameters: readonly (Value | undefined)[],
  channels: Dimension,
): void {
  for (const parameter of parameters) {
    if (parameter === undefined) continue;
    const [size = 1, ...others] = parameter.shape;
    if (others.length === 0 && compareDimensions(size, channels) !== "different") continue;
    throw node.error("shape-mismatch", `scale and bias must have ${channels} elements`);
  }
}
