import { canPlug, wiresOf } from "@diopter/engine/editing";
import { documentStore } from "../state/documents.js";
import type { ShownPort } from "./node-ports.js";
import type { SceneWire } from "./scene.js";
import { nodeBounds, wireAt } from "./scene-hits.js";
import { sceneStore } from "./scene-store.js";

/** A node that fits into a wire, and the ports by which it does. */
export interface Insertion {
  readonly wire: SceneWire;
  readonly input: string;
  readonly output: string;
}

/** The wire below a node that lies loose, if it can be inserted there. */
export function insertionFor(id: string): Insertion | undefined {
  const { scene } = sceneStore.getState();
  const node = scene.nodes.get(id);
  const box = nodeBounds(id);
  if (node === undefined || box === undefined || !isLoose(id)) return undefined;
  const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
  const top = [box.x + box.width / 2, box.y + 17] as const;
  const accepts = (wire: SceneWire) => portsFor(wire, node.ports) !== undefined;
  const wire = (wireAt(top, accepts) ?? wireAt(middle, accepts))?.wire;
  const ports = wire === undefined ? undefined : portsFor(wire, node.ports);
  return wire === undefined || ports === undefined ? undefined : { wire, ...ports };
}

interface Sides {
  readonly inputs: readonly ShownPort[];
  readonly outputs: readonly ShownPort[];
}

/** The first input that takes what a wire carries, and the first output that its end takes. */
export function portsFor(
  wire: SceneWire,
  { inputs, outputs }: Sides,
): Pick<Insertion, "input" | "output"> | undefined {
  if (wire.fault !== undefined) return undefined;
  const end = sceneStore
    .getState()
    .scene.nodes.get(wire.to.node)
    ?.ports.inputs.find(({ name }) => name === wire.to.input);
  const input = inputs.find((port) => fits({ socket: wire.socket }, port));
  const output = outputs.find((port) => end === undefined || fits(port, end));
  if (input === undefined || output === undefined) return undefined;
  return { input: input.name, output: output.name };
}

type SocketOnly = Pick<ShownPort, "socket">;

/** Whether what one port gives another takes; a port of unknown type fits all. */
export function fits(output: SocketOnly, input: SocketOnly): boolean {
  if (output.socket === undefined || input.socket === undefined) return true;
  return canPlug({ socket: output.socket }, { socket: input.socket }).valid;
}

function isLoose(id: string): boolean {
  const { document } = documentStore.getState();
  const isFed = Object.values(document.nodes[id]?.inputs ?? {}).some(
    (wired) => wiresOf(wired).length > 0,
  );
  return !isFed && !sceneStore.getState().scene.wires.some(({ from }) => from.node === id);
}
