import { failedOperator } from "../device/device-errors.js";
import type { Device } from "../device/index.js";
import { float32Output } from "../device/index.js";
import { DiopterError } from "../errors/index.js";
import type { SocketType, SocketValue } from "../sockets/index.js";
import type { Tensor } from "../values/index.js";
import { isImage, isLatent } from "./graph-values.js";
import { type Companion, groupCompanions } from "./group-companions.js";
import { groupProgram, outputName, placeKey } from "./group-program.js";
import type { GraphGroup } from "./group-types.js";

export type * from "./group-types.js";

/**
 * Runs a group as one session: parameters of kind `number` are fed, so that changing one rebuilds
 * nothing; sizes are symbols, so that neither does another picture.
 *
 * @param outside - the values that the group's sources name: IMAGE, MAP, LATENT, NUMBER, INTEGER.
 * @returns the outputs by name; a NUMBER as a host number, everything else where the device left it.
 * @throws DiopterError placed at the node, where it is known: `node/failed` when a node's graph
 * cannot be built, and what `device.run` throws.
 */
export async function runGraphGroup(
  group: GraphGroup,
  outside: Readonly<Record<string, SocketValue>>,
  device: Device,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, SocketValue>>> {
  const program = groupProgram(group, outside);
  const results = await device
    .run(program, program.inputs, signal === undefined ? {} : { signal })
    .catch((error: unknown) => {
      throw placed(error, group);
    });
  const companions = groupCompanions(group, outside, program);
  const values: Record<string, SocketValue> = {};
  for (const [index, { node, output, name }] of group.outputs.entries()) {
    const tensor = float32Output(results, outputName(index));
    const socket = socketOf(group, node, output);
    values[name] = await socketValue(socket, tensor, companions.get(placeKey(node, output)), node);
  }
  return values;
}

function socketOf({ nodes }: GraphGroup, id: string, output: string): SocketType | undefined {
  return nodes.find((node) => node.id === id)?.definition.outputs[output]?.socket;
}

async function socketValue(
  socket: SocketType | undefined,
  tensor: Tensor<"float32">,
  companion: Companion | undefined,
  node: string,
): Promise<SocketValue> {
  if (socket === "NUMBER") return readNumber(tensor);
  if (socket === "MAP") return { values: tensor };
  const source = companion?.value;
  if (socket === "IMAGE") {
    if (!isImage(source)) return { pixels: tensor };
    const { alpha, ...beside } = source;
    return { ...beside, ...(companion?.sameSize ? { alpha } : {}), pixels: tensor };
  }
  if (isLatent(source)) {
    const { pictureSize, ...beside } = source;
    return { ...beside, ...(companion?.sameSize ? { pictureSize } : {}), samples: tensor };
  }
  throw new DiopterError("node/failed", {
    node,
    message: "The node makes a LATENT without taking one, so that its latent space is unknown.",
    remedy: "This is a defect of the node: please tell who made it.",
  });
}

async function readNumber(tensor: Tensor<"float32">): Promise<number> {
  try {
    const [value = Number.NaN] = await tensor.read();
    return value;
  } finally {
    tensor.dispose();
  }
}

/** The error at the member whose operator failed: operators bear the member's place in the group. */
function placed(error: unknown, { nodes }: GraphGroup): unknown {
  if (!DiopterError.is(error) || error.node !== undefined) return error;
  const place = /^n(\d+)\//.exec(failedOperator(error) ?? "")?.[1];
  const node = nodes[place === undefined ? 0 : Number(place)];
  if (node === undefined || (place === undefined && nodes.length > 1)) return error;
  return error.at(node.id);
}
