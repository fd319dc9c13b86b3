import { type Wire, type WorkflowNode, wiresOf } from "../document/types.js";
import { canConnect, type WantedWire } from "../sockets/can-connect.js";
import type { Connection } from "../sockets/can-plug.js";
import type { CommandOf } from "./command-schema.js";
import { type Edit, nodeBefore, nodeDraft, own, removeEntry } from "./edit.js";
import { refuse } from "./edit-error.js";
import type { FilledDocument } from "./filled-document.js";
import { isListInput } from "./fit-wires.js";

/** Draws a wire. An input that collects takes it behind its others. */
export function connect(edit: Edit, { from, to, replace }: CommandOf<"connect">): void {
  const wanted = { from, to };
  const fits = canConnect(edit.document, edit.registry, wanted);
  if (fits.valid) {
    appendWire(edit, wanted);
    return;
  }
  if (fits.code !== "document/occupied-input" || replace !== true) throw refusal(fits, wanted);
  // Without its old wire the circle that the new one would close may be open.
  const emptied = withoutInput(edit.document, to);
  const fitsThen = canConnect(emptied, edit.registry, wanted);
  if (!fitsThen.valid) throw refusal(fitsThen, wanted);
  dropReroutes(edit, to);
  nodeDraft(edit, to.node).inputs[to.input] = [from.node, from.output];
}

function appendWire(edit: Edit, { from, to }: WantedWire): void {
  const wires = arriving(nodeBefore(edit, to.node), to.input);
  setWires(edit, to, [...wires, [from.node, from.output]]);
}

/** Takes away one wire, or all that arrive at an input; a wire that is gone is no error. */
export function disconnect(edit: Edit, { to, from }: CommandOf<"disconnect">): void {
  const node = own(edit.document.nodes, to.node);
  const wires = node === undefined ? [] : arriving(node, to.input);
  if (wires.length === 0) return;
  const place = wires.findIndex(([id, output]) => id === from?.node && output === from.output);
  if (from !== undefined && place === -1) return;
  dropReroutes(edit, to, from);
  setWires(edit, to, from === undefined ? [] : wires.filter((_, index) => index !== place));
}

/** Puts a node between the two ends of a wire; its input must be free. */
export function insertOnWire(edit: Edit, command: CommandOf<"insert-on-wire">): void {
  const { node, input, output, wire } = command;
  const target = nodeBefore(edit, wire.to.node);
  const wires = arriving(target, wire.to.input);
  const place = wires.findIndex(([id, name]) => id === wire.from.node && name === wire.from.output);
  if (place === -1) {
    throw refuse(
      "document/dangling-wire",
      "The wire is no longer there.",
      "Somebody may have taken it away: look again.",
      { node: wire.to.node, port: wire.to.input },
    );
  }
  const rest = wires.filter((_, index) => index !== place);
  const opened = withWires(edit.document, wire.to, rest);
  const first = { from: wire.from, to: { node, input } };
  const second = { from: { node, output }, to: wire.to };
  for (const wanted of [first, second]) {
    const fits = canConnect(opened, edit.registry, wanted);
    if (!fits.valid) throw refusal(fits, wanted);
  }
  dropReroutes(edit, wire.to, wire.from);
  appendWire(edit, first);
  setWires(edit, wire.to, wires.with(place, [node, output]));
}

/** The wires that arrive at an input, in order. */
export function arriving(node: WorkflowNode, input: string): readonly Wire[] {
  return wiresOf(own(node.inputs ?? {}, input));
}

type InputEnd = WantedWire["to"];

/** Tables of wires are replaced as a whole, so that no patch counts places within one. */
export function setWires(edit: Edit, to: InputEnd, wires: readonly Wire[]): void {
  const { inputs } = nodeDraft(edit, to.node);
  const [only] = wires;
  if (only === undefined) removeEntry(inputs, to.input);
  else if (wires.length === 1) inputs[to.input] = [only[0], only[1]];
  else inputs[to.input] = wires.map(([node, output]) => [node, output]);
}

function dropReroutes(
  { draft, document, registry }: Edit,
  to: InputEnd,
  from?: WantedWire["from"],
) {
  const { reroutes } = draft.view;
  const key = `${to.node}.${to.input}`;
  const node = own(document.nodes, to.node);
  const isList = node !== undefined && isListInput(node, registry, to.input);
  if (from !== undefined && isList) removeEntry(reroutes, `${key}.${from.node}.${from.output}`);
  else {
    const all = Object.keys(document.view.reroutes);
    for (const name of all.filter((name) => name === key || name.startsWith(`${key}.`))) {
      removeEntry(reroutes, name);
    }
  }
}

function withoutInput(document: FilledDocument, to: InputEnd): FilledDocument {
  return withWires(document, to, []);
}

function withWires(
  document: FilledDocument,
  { node: id, input }: InputEnd,
  wires: readonly Wire[],
): FilledDocument {
  const node = own(document.nodes, id);
  if (node === undefined) return document;
  const inputs = { ...node.inputs, [input]: wires };
  return { ...document, nodes: { ...document.nodes, [id]: { ...node, inputs } } };
}

function refusal(fits: Connection & { readonly valid: false }, { to }: WantedWire) {
  const remedy =
    fits.code === "document/occupied-input"
      ? "Take its wire away first, or drop the new one on it to replace it."
      : "Choose another output or another input.";
  return refuse(fits.code, fits.sentence, remedy, { node: to.node, port: to.input });
}
