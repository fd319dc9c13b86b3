import { GraphBuilder } from "@diopter/onnx";
import { bindSizes, evaluateShape, type Sizes } from "../device/model-sizes.js";
import type { Ports } from "../nodes/index.js";
import type { SocketType, SocketValue } from "../sockets/index.js";
import { type GroupProgram, placeKey } from "./group-program.js";
import type { GraphGroup, GraphGroupNode, GraphGroupSource } from "./group-types.js";

/** The value that an output takes from what travels beside the tensor. */
export interface Companion {
  readonly value: SocketValue;
  /** False once any node between has changed the size. */
  readonly sameSize: boolean;
}

/**
 * For each place of a group the outside value whose companions it carries: those of the first
 * input of its own type, all the way back.
 */
export function groupCompanions(
  group: GraphGroup,
  outside: Readonly<Record<string, SocketValue>>,
  program: GroupProgram,
): ReadonlyMap<string, Companion> {
  const companions = new Map<string, Companion>();
  const sizes = lazily(() => shapesInside(program));
  for (const node of group.nodes) {
    for (const [output, { socket }] of Object.entries(node.definition.outputs)) {
      const source = firstOfType(node, socket);
      const before = source && companionOf(source, outside, companions);
      if (source === undefined || before === undefined) continue;
      const place = placeKey(node.id, output);
      const needsSize = before.sameSize && dependsOnSize(before.value);
      const sameSize = needsSize && sizes().same(source, place);
      companions.set(place, { value: before.value, sameSize });
    }
  }
  return companions;
}

function firstOfType(node: GraphGroupNode, socket: SocketType): GraphGroupSource | undefined {
  const ports: Ports = node.definition.inputs;
  for (const [port, { socket: type }] of Object.entries(ports)) {
    const source = node.inputs[port];
    if (type === socket && source !== undefined) return source;
  }
  return undefined;
}

function companionOf(
  source: GraphGroupSource,
  outside: Readonly<Record<string, SocketValue>>,
  companions: ReadonlyMap<string, Companion>,
): Companion | undefined {
  if (source.from === "inside") return companions.get(placeKey(source.node, source.output));
  const value = outside[source.name];
  return value === undefined ? undefined : { value, sameSize: true };
}

/** Whether something travels beside the tensor that holds only for its size. */
function dependsOnSize(value: SocketValue): boolean {
  if (typeof value !== "object") return false;
  return ("alpha" in value && value.alpha !== undefined) || "pictureSize" in value;
}

/** The sizes of places inside, which only a second look at the graph tells; few groups need it. */
function shapesInside(program: GroupProgram) {
  const graph = new GraphBuilder({ name: "sizes" });
  const values = program.write(graph);
  const declared = [...program.outside.values()].map(({ input, shape }) => ({
    name: input,
    type: "float32" as const,
    shape,
  }));
  const sizes: Sizes = bindSizes(declared, program.inputs);
  const shapeAt = (place: string) => {
    const shape = values.get(place)?.shape;
    return shape && evaluateShape(shape, sizes);
  };
  const shapeOf = (source: GraphGroupSource) =>
    source.from === "inside"
      ? shapeAt(placeKey(source.node, source.output))
      : program.outside.get(source.name)?.tensor.shape;
  return {
    same: (source: GraphGroupSource, place: string) => sameExtent(shapeOf(source), shapeAt(place)),
  };
}

/** Equal number of pictures, height and width; a size that is not known counts as another. */
function sameExtent(left: readonly number[] = [], right: readonly number[] = []): boolean {
  return [0, 2, 3].every((axis) => left[axis] !== undefined && left[axis] === right[axis]);
}

function lazily<Result>(make: () => Result): () => Result {
  let made: Result | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
