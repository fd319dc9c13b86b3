import type { NodeDescriptor } from "@diopter/engine/editing";
import { searchStrings } from "../../strings/search.js";
import { fits, portsFor } from "../insert-on-wire.js";
import type { SocketRef } from "../interaction.js";
import type { ShownPort } from "../node-ports.js";
import type { SceneWire } from "../scene.js";
import { type Match, match } from "./match.js";
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

/**
 * The node types that match what was typed: all of them by subject where nothing was, otherwise the
 * best first. The title counts before the type, what people also call it, and the help.
 */
export function findChoices(descriptors: readonly Offer[], typed: string): readonly ChoiceGroup[] {
  const wanted = typed.trim();
  if (wanted === "") {
    return bySubject(descriptors.map((descriptor) => ({ descriptor, ranges: [] })));
  }
  const found = descriptors.flatMap((descriptor) => {
    const rated = rate(descriptor, wanted);
    return rated === undefined ? [] : [{ descriptor, ...rated }];
  });
  const choices = found.sort(
    (a, b) => a.cost - b.cost || a.descriptor.title.length - b.descriptor.title.length,
  );
  return choices.length === 0 ? [] : [{ subject: "", choices }];
}

/** Added to the cost of what is found elsewhere than in the title. */
const further = { name: 2, synonyms: 10, help: 20 } as const;

function rate({ title, type, help }: Offer, wanted: string): Match | undefined {
  const isNamed = type === wanted || type.replace("/", " ") === wanted;
  if (isNamed) return { cost: -1, ranges: [] };
  const inTitle = match(title, wanted);
  const inName = match(`${title} ${type}`, wanted);
  const cost = Math.min(
    inTitle?.cost ?? Number.POSITIVE_INFINITY,
    (inName?.cost ?? Number.POSITIVE_INFINITY) + further.name,
  );
  if (cost < Number.POSITIVE_INFINITY) {
    const ranges = inTitle?.ranges ?? inName?.ranges ?? [];
    return { cost, ranges: ranges.filter((place) => place <= title.length) };
  }
  const synonyms = match(searchStrings.alsoCalled[type] ?? "", wanted);
  if (synonyms !== undefined) return { cost: synonyms.cost + further.synonyms, ranges: [] };
  // A long text has letters in any order: only what stands there counts.
  const inHelp = match(help, wanted);
  return inHelp !== undefined && inHelp.cost <= mostInHelp
    ? { cost: inHelp.cost + further.help, ranges: [] }
    : undefined;
}

const mostInHelp = 3;

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
