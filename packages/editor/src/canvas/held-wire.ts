import {
  type Connection,
  canConnect,
  type EditCommand,
  type Point,
  type WantedWire,
  wiresOf,
} from "@diopter/engine/editing";
import { currentRegistry } from "../state/descriptors.js";
import { dispatch, dispatchAll, documentStore } from "../state/documents.js";
import { announce, notify } from "../state/notices.js";
import { canvasStrings } from "../strings/canvas.js";
import { type HeldWire, interactionStore, type SocketRef, socketKey } from "./interaction.js";
import { sceneStore } from "./scene-store.js";
import { canPlugShown } from "./wire-faults.js";

/** The wire between two sockets; undefined where both are on the same side. */
export function wireBetween(a: SocketRef, b: SocketRef): WantedWire | undefined {
  if (a.side === b.side) return undefined;
  const [output, input] = a.side === "output" ? [a, b] : [b, a];
  return {
    from: { node: output.node, output: output.name },
    to: { node: input.node, input: input.name },
  };
}

/** Whether two sockets may be wired; an occupied input may, for its wire gives way. */
export function canWire(a: SocketRef, b: SocketRef): Connection {
  const wire = wireBetween(a, b);
  if (wire === undefined) {
    const sentence = a.side === "input" ? canvasStrings.twoInputs : canvasStrings.twoOutputs;
    return { valid: false, code: "document/type-mismatch", sentence };
  }
  const verdict = canConnect(documentStore.getState().document, currentRegistry(), wire);
  const isOccupied = !verdict.valid && verdict.code === "document/occupied-input";
  // What would be refused besides must still be refused: the circle is looked for last.
  const fits = isOccupied ? canReplace(wire) : verdict;
  return fits.valid ? canPlugInScene(wire) : fits;
}

/** What the document alone does not tell: the ports of workflows that are used as nodes. */
function canPlugInScene({ from, to }: WantedWire): Connection {
  const { nodes } = sceneStore.getState().scene;
  return canPlugShown(
    nodes.get(from.node)?.ports.outputs.find(({ name }) => name === from.output),
    nodes.get(to.node)?.ports.inputs.find(({ name }) => name === to.input),
  );
}

function canReplace(wire: WantedWire): Connection {
  const { document } = documentStore.getState();
  const target = document.nodes[wire.to.node];
  if (target === undefined) return { valid: true };
  const { [wire.to.input]: _, ...inputs } = target.inputs;
  const freed = {
    ...document,
    nodes: { ...document.nodes, [wire.to.node]: { ...target, inputs } },
  };
  return canConnect(freed, currentRegistry(), wire);
}

/** All sockets that a wire from this one may reach. */
export function socketsFor(from: SocketRef): readonly SocketRef[] {
  const { scene } = sceneStore.getState();
  const side = from.side === "output" ? "input" : "output";
  const found: SocketRef[] = [];
  for (const [node, shown] of scene.nodes) {
    for (const { name } of shown.ports[side === "input" ? "inputs" : "outputs"]) {
      const socket = { node, side, name } as const;
      if (canWire(from, socket).valid) found.push(socket);
    }
  }
  return found;
}

/** Takes a wire by one end. From a wired input its wire is picked up, unless another is wanted. */
export function holdWire(socket: SocketRef, at: Point): void {
  const pickedUp = socket.side === "input" ? lastWireAt(socket) : undefined;
  const from: SocketRef =
    pickedUp === undefined
      ? socket
      : { node: pickedUp.source, side: "output", name: pickedUp.output };
  const held: HeldWire = {
    from,
    pickedUp:
      pickedUp === undefined
        ? undefined
        : { node: socket.node, input: socket.name, index: pickedUp.index },
    isTapped: false,
    targets: new Set(socketsFor(from).map(socketKey)),
  };
  interactionStore.setState({ held, pointer: at });
}

function lastWireAt({ node, name }: SocketRef) {
  const wired = documentStore.getState().document.nodes[node]?.inputs[name];
  const wires = wiresOf(wired);
  const last = wires.at(-1);
  if (last === undefined) return undefined;
  return { source: last[0], output: last[1], index: wires.length - 1 };
}

/** Lets go of the held wire without a trace. */
export function releaseWire(): void {
  interactionStore.setState({ held: undefined });
}

/** The pointer let go where it took the wire: it stays in hand, to be led by a tap. */
export function keepWire(held: HeldWire): void {
  interactionStore.setState({ held: { ...held, isTapped: true } });
  announce(canvasStrings.holding(held.targets.size));
}

/** Lands the held wire at a socket; says why where it does not fit, and keeps things as they were. */
export function landWire(held: HeldWire, socket: SocketRef): void {
  releaseWire();
  const { pickedUp, from } = held;
  const isBack =
    pickedUp === undefined
      ? socketKey(socket) === socketKey(from)
      : socket.side === "input" && pickedUp.node === socket.node && pickedUp.input === socket.name;
  if (isBack) return;
  const commands = pickedUp === undefined ? [] : [takeAway(held)];
  connectSockets(from, socket, commands);
}

/** Wires two sockets; an occupied input gives its wire up. */
export function connectSockets(
  from: SocketRef,
  to: SocketRef,
  before: readonly EditCommand[] = [],
): boolean {
  const verdict = canWire(from, to);
  const wire = wireBetween(from, to);
  if (!verdict.valid || wire === undefined) {
    notify("warning", verdict.valid ? canvasStrings.noWire : verdict.sentence);
    return false;
  }
  const connect: EditCommand = { kind: "connect", ...wire, replace: true };
  const isDone =
    before.length === 0
      ? dispatch(connect)
      : dispatchAll([...before, connect], canvasStrings.moveWire);
  if (isDone) announce(canvasStrings.connected(wire.from.node, wire.to.node));
  return isDone;
}

/** The command that takes a picked-up wire away from where it was. */
export function takeAway({ from, pickedUp }: HeldWire): EditCommand {
  return {
    kind: "disconnect",
    to: { node: pickedUp?.node ?? "", input: pickedUp?.input ?? "" },
    from: { node: from.node, output: from.name },
  };
}
