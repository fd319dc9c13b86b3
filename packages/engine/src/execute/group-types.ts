import type { Device } from "../device/index.js";
import type { GraphNode, Parameters, ParameterValue, Ports } from "../nodes/index.js";
import type { SocketValue } from "../sockets/index.js";

/** Where an input of a member comes from: another member, or the group's surroundings by name. */
export type GraphGroupSource =
  | { readonly from: "inside"; readonly node: string; readonly output: string }
  | { readonly from: "outside"; readonly name: string };

/** A graph node of a group, with the values of its parameters. */
export interface GraphGroupNode {
  readonly id: string;
  readonly definition: GraphNode<Ports, Parameters, Ports>;
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** By input port; optional inputs that nothing is wired to are absent. */
  readonly inputs: Readonly<Record<string, GraphGroupSource>>;
}

/** Neighbouring graph nodes that run as one session. */
export interface GraphGroup {
  /** In an order in which every member comes after those that it takes from. */
  readonly nodes: readonly GraphGroupNode[];
  /** What is needed outside of the group, and the name that it is given back under. */
  readonly outputs: readonly {
    readonly node: string;
    readonly output: string;
    readonly name: string;
  }[];
}

/** What runs a group: `runGraphGroup`, or another in its place, such as one that counts. */
export type RunGraphGroup = (
  group: GraphGroup,
  outside: Readonly<Record<string, SocketValue>>,
  device: Device,
  signal?: AbortSignal,
) => Promise<Readonly<Record<string, SocketValue>>>;
