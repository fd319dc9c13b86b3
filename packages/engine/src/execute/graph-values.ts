import { DiopterError } from "../errors/index.js";
import type { SocketType, SocketValue } from "../sockets/index.js";
import {
  float32Tensor,
  type ImageValue,
  type LatentValue,
  type MapValue,
  type Tensor,
} from "../values/index.js";

/** How an outside value is declared in the group's graph. */
export interface OutsideInput {
  /** `in0`, `in1`, ... in the order of first use: independent of the names in the workflow. */
  readonly input: string;
  readonly tensor: Tensor<"float32">;
  readonly shape: readonly (number | string)[];
}

/**
 * The tensor of a value and its shape for the graph: channels as they are, sizes as symbols.
 * @throws DiopterError `internal/defect` for values that no graph node takes.
 */
export function outsideInput(value: SocketValue, input: string): OutsideInput {
  if (typeof value === "number") {
    return { input, tensor: float32Tensor([], Float32Array.of(value)), shape: [] };
  }
  const tensor = tensorOf(value);
  const channels = tensor.shape[1] ?? 1;
  const shape = [`${input}_batch`, channels, `${input}_height`, `${input}_width`];
  return { input, tensor, shape };
}

function tensorOf(value: SocketValue): Tensor<"float32"> {
  if (isImage(value)) return value.pixels;
  if (isLatent(value)) return value.samples;
  if (isMap(value)) return value.values;
  throw new DiopterError("internal/defect", {
    message: "A graph node was given a value that is no picture, map, latent or number.",
    remedy: "This is a defect: please report it with the workflow.",
  });
}

export function isImage(value: SocketValue | undefined): value is ImageValue {
  return typeof value === "object" && "pixels" in value && "shape" in Object(value.pixels);
}

export function isLatent(value: SocketValue | undefined): value is LatentValue {
  return typeof value === "object" && "samples" in value && "space" in value;
}

function isMap(value: SocketValue): value is MapValue {
  return typeof value === "object" && "values" in value && "shape" in Object(value.values);
}

/** The sockets that graph nodes may have, and the number of axes of each one's tensor. */
const axesBySocket: Partial<Record<SocketType, number>> = { IMAGE: 4, MAP: 4, LATENT: 4 };

/** What is wrong with a tensor for an output of this socket type; undefined when nothing is. */
export function shapeFault(
  socket: SocketType,
  shape: readonly (number | string)[],
): string | undefined {
  if (socket === "NUMBER") {
    return shape.every((size) => size === 1) ? undefined : `${socket} is one number`;
  }
  const axes = axesBySocket[socket];
  if (axes === undefined) return `no graph makes ${socket}`;
  return shape.length === axes ? undefined : `${socket} has ${axes} axes`;
}
