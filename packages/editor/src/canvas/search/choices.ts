import type { NodeDescriptor } from "@diopter/engine/editing";
import uFuzzy from "@leeoniya/ufuzzy";
import { fits, portsFor } from "../insert-on-wire.js";
import type { SocketRef } from "../interaction.js";
import type { ShownPort } from "../node-ports.js";
import type { SceneWire } from "../scene.js";
import type { Offer } from "./offers.js";

/** A node type that can be chosen. */
export interface Choice {
  readonly descriptor: Offer;
  /** Places in the title that match what was typed: pairs of start and end. */
  readonly ranges: readonly number[];
}

/** Choices under one subject. */
export interface ChoiceGroup {
  readonly subject: string;
  readonly choices: readonly Choice[];
}

const matcher = new uFuzzy({ intraMode: 1, intraIns: 1 });

/**
 * The node types that match what was typed: all of them by subject where nothing was, otherwise the
 * best first. Title and type count before help.
 */
export function findChoices(descriptors: readonly Offer[], typed: string): readonly ChoiceGroup[] {
  const wanted = typed.trim();
  if (wanted === "")
    return bySubject(descriptors.map((descriptor) => ({ descriptor, ranges: [] })));
  const names = descriptors.map(({ title, type }) => `${title} · ${type.replace("/", " ")}`);
  const found = search(descriptors, names, wanted);
  const texts = descriptors.map(({ help }) => help);
  const further = search(descriptors, texts, wanted)
    .filter(({ descriptor }) => !found.some((choice) => choice.descriptor === descriptor))
    .map(({ descriptor }) => ({ descriptor, ranges: [] }));
  const choices = [...found, ...further].sort((a, b) => rank(a, wanted) - rank(b, wanted));
  return choices.length === 0 ? [] : [{ subject: "", choices }];
}

/** What is named exactly so comes first. */
function rank({ descriptor }: Choice, wanted: string): number {
  const text = wanted.toLowerCase().replace("/", " ");
  const isNamed =
    descriptor.title.toLowerCase() === text || descriptor.type.replace("/", " ") === text;
  return isNamed ? 0 : 1;
}

function search(
  descriptors: readonly Offer[],
  texts: readonly string[],
  wanted: string,
): readonly Choice[] {
  const [indexes, info, order] = matcher.search([...texts], wanted, 1);
  if (indexes === null) return [];
  if (info === null || order === null) {
    return indexes.flatMap((index) => choiceAt(descriptors, index, []));
  }
  return order.flatMap((place) =>
    choiceAt(descriptors, info.idx[place] ?? -1, info.ranges[place] ?? []),
  );
}

function choiceAt(
  descriptors: readonly Offer[],
  index: number,
  ranges: readonly number[],
): readonly Choice[] {
  const descriptor = descriptors[index];
  return descriptor === undefined ? [] : [{ descriptor, ranges }];
}

function bySubject(choices: readonly Choice[]): readonly ChoiceGroup[] {
  const groups = new Map<string, Choice[]>();
  for (const choice of choices) {
    const { subject } = choice.descriptor;
    groups.set(subject, [...(groups.get(subject) ?? []), choice]);
  }
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([subject, members]) => ({ subject, choices: members }));
}

const ports = (table: NodeDescriptor["inputs"]): readonly ShownPort[] =>
  Object.entries(table).map(([name, port]) => ({
    name,
    socket: port.socket,
    isOptional: port.optional === true,
    isList: port.list === true,
  }));

/** The port of a node type at which a wire from a socket would arrive. */
export function portForWire(
  { inputs, outputs }: NodeDescriptor,
  from: SocketRef,
  held: Pick<ShownPort, "socket">,
): string | undefined {
  const side = from.side === "output" ? ports(inputs) : ports(outputs);
  const matching = side.filter((port) =>
    from.side === "output" ? fits(held, port) : fits(port, held),
  );
  // An input of the very same type comes before one that merely takes it.
  return (matching.find(({ socket }) => socket === held.socket) ?? matching[0])?.name;
}

/** The ports by which a node type fits into a wire. */
export function portsForInsertion({ inputs, outputs }: NodeDescriptor, wire: SceneWire) {
  return portsFor(wire, { inputs: ports(inputs), outputs: ports(outputs) });
}
