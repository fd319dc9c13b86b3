import { float, integer, text } from "../core/attributes.js";
import type { DataType } from "../core/data-types.js";
import {
  type Dimension,
  divideDimension,
  floorDivideDimension,
  multiplyDimensions,
} from "../core/dimension.js";
import type { OperatorNode } from "../core/operator-node.js";
import type { Value } from "../core/value.js";
import { ConvolutionOperators } from "./convolution.js";

export interface ResizeOptions {
  /** One factor per axis of x. Give either scales or sizes. */
  readonly scales?: readonly number[];
  /** The new size of every axis, symbols included. */
  readonly sizes?: readonly Dimension[];
  readonly mode?: "nearest" | "linear" | "cubic";
  readonly coordinates?: "half_pixel" | "pytorch_half_pixel" | "align_corners" | "asymmetric";
  readonly nearest?: "round_prefer_floor" | "round_prefer_ceil" | "floor" | "ceil";
  /** The cubic kernel's parameter a: -0.75 by default, -0.5 in Pillow and MATLAB. */
  readonly cubicCoefficient?: number;
  /** Weights outside the picture count as 0, and the rest is normalised. */
  readonly excludeOutside?: boolean;
  /** Widens the kernel when shrinking. Needs opset 18; ONNX Runtime has it for linear and cubic. */
  readonly antialias?: boolean;
}

/** Operators that change the spatial sizes. */
export class ResamplingOperators extends ConvolutionOperators {
  /** Interpolation to other sizes. By default nearest, with half-pixel centres. */
  resize<D extends DataType>(x: Value<D>, options: ResizeOptions): Value<D> {
    const { scales, sizes, mode = "nearest", coordinates = "half_pixel" } = options;
    const checked = this.begin("Resize", { x });
    checked.requireFamily("x", "float", "integer");
    if (options.antialias && this.opset < 18) {
      throw checked.error("unsupported", "antialias needs opset 18");
    }
    const given = scales ?? sizes;
    if (given === undefined || (scales !== undefined && sizes !== undefined)) {
      throw checked.error("invalid-argument", "give either scales or sizes");
    }
    if (given.length !== x.shape.length) {
      const explanation = `${given.length} factors or sizes do not fit ${x.shape.length} axes`;
      throw checked.error("invalid-argument", explanation);
    }
    const shape =
      sizes ?? x.shape.map((size, axis) => this.#scaled(checked, size, scales?.[axis] ?? 1));
    const node = this.begin("Resize", {
      x,
      roi: undefined,
      scales: scales && this.numbers(scales, "float32", [scales.length]),
      sizes: sizes && this.shapeVector(sizes),
    });
    return node.output(x.type, shape, {
      mode: text(mode),
      coordinate_transformation_mode: text(coordinates),
      nearest_mode: text(options.nearest ?? "round_prefer_floor"),
      cubic_coeff_a: float(options.cubicCoefficient ?? -0.75),
      exclude_outside: integer(options.excludeOutside ? 1 : 0),
      antialias: options.antialias ? integer(1) : undefined,
    });
  }

  /** Blocks of channels laid out in space: PyTorch's PixelShuffle is the order "channels first" (CRD). */
  depthToSpace<D extends DataType>(
    x: Value<D>,
    block: number,
    order: "channels-first" | "depth-first" = "channels-first",
  ): Value<D> {
    const node = this.begin("DepthToSpace", { x });
    node.requireRank("x", 4);
    const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
    const left = divideDimension(channels, block * block);
    if (left === undefined) {
      throw node.error("shape-mismatch", `${channels} channels do not divide by ${block * block}`);
    }
    const spatial = [multiplyDimensions(height, block), multiplyDimensions(width, block)];
    return node.output(x.type, [batch, left, ...spatial], {
      blocksize: integer(block),
      mode: text(order === "channels-first" ? "CRD" : "DCR"),
    });
  }

  /** Blocks of pixels stacked as channels, block position first: the inverse of "depth-first". */
  spaceToDepth<D extends DataType>(x: Value<D>, block: number): Value<D> {
    const node = this.begin("SpaceToDepth", { x });
    node.requireRank("x", 4);
    const [batch = 1, channels = 1, ...spatial] = x.shape;
    const sizes = spatial.map((size) => {
      if (typeof size !== "number" || size % block === 0) return floorDivideDimension(size, block);
      throw node.error("shape-mismatch", `${size} does not divide by ${block}`);
    });
    const stacked = multiplyDimensions(channels, block * block);
    return node.output(x.type, [batch, stacked, ...sizes], { blocksize: integer(block) });
  }

  /** x read at places of a grid [batch, height, width, 2] of (x, y) in [-1, 1]. */
  gridSample<D extends DataType>(
    x: Value<D>,
    grid: Value<D>,
    { mode = "linear", padding = "zeros", alignCorners = false }: GridSampleOptions = {},
  ): Value<D> {
    const node = this.begin("GridSample", { x, grid });
    node.requireRank("x", 4);
    node.requireRank("grid", 4);
    const name = this.opset < 20 ? ({ linear: "bilinear", cubic: "bicubic" } as const) : undefined;
    const modeName = mode === "nearest" ? mode : (name?.[mode] ?? mode);
    const [, height = 1, width = 1] = grid.shape;
    return node.output(x.type, [x.shape[0] ?? 1, x.shape[1] ?? 1, height, width], {
      mode: text(modeName),
      padding_mode: text(padding),
      align_corners: integer(alignCorners ? 1 : 0),
    });
  }

  #scaled(node: OperatorNode, size: Dimension, scale: number): Dimension {
    if (!(scale > 0)) throw node.error("invalid-argument", `factor ${scale} is not above 0`);
    if (typeof size === "number") return Math.floor(Math.fround(scale) * size);
    if (Number.isInteger(scale)) return multiplyDimensions(size, scale);
    const divisor = 1 / scale;
    return Number.isInteger(divisor)
      ? floorDivideDimension(size, divisor)
      : this.body.unknownSize();
  }
}

export interface GridSampleOptions {
  readonly mode?: "linear" | "nearest" | "cubic";
  readonly padding?: "zeros" | "border" | "reflection";
  readonly alignCorners?: boolean;
}
