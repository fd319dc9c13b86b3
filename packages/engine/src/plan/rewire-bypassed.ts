import type { Draft, DraftNode } from "./draft.js";
import type { OutputReference } from "./plan.js";

/**
 * Pass 2: whoever reads a bypassed node reads instead what that node's first wired input of the
 * same socket type reads. A bypassed node that has no such input counts as muted from here on, as
 * do bypassed nodes that feed each other in a circle.
 */
export function rewireBypassed(draft: Draft): Draft {
  if (![...draft.nodes.values()].some((node) => node.mode === "bypassed")) return draft;
  const known: HandedOn = new Map();
  const nodes = new Map<string, DraftNode>();
  for (const [id, node] of draft.nodes) {
    const inputs = node.mode === "bypassed" ? {} : rewired(node, draft, known);
    nodes.set(id, { ...node, inputs });
  }
  return { ...draft, nodes };
}

/** What each output of a bypassed node stands for, so that long rows are followed only once. */
type HandedOn = Map<string, OutputReference>;

function rewired(node: DraftNode, draft: Draft, known: HandedOn): DraftNode["inputs"] {
  return Object.fromEntries(
    Object.entries(node.inputs).map(([port, sources]) => [
      port,
      sources.map((source) => sourceBehind(source, draft, known)),
    ]),
  );
}

/** Follows bypassed nodes upwards, one after the other; stays at one that hands nothing on. */
function sourceBehind(start: OutputReference, draft: Draft, known: HandedOn): OutputReference {
  const passed = new Set<string>();
  let found = start;
  for (;;) {
    const next = known.get(nameOf(found)) ?? inputOfSameType(found, draft);
    if (next === undefined || passed.has(nameOf(found))) break;
    passed.add(nameOf(found));
    found = next;
  }
  for (const name of passed) known.set(name, found);
  return found;
}

function inputOfSameType({ node: id, output }: OutputReference, draft: Draft) {
  const node = draft.nodes.get(id);
  if (node?.mode !== "bypassed") return undefined;
  const socket = node.definition.outputs[output]?.socket;
  const ports = Object.entries(node.definition.inputs);
  const match = ports.find(([name, port]) => port.socket === socket && name in node.inputs);
  return match === undefined ? undefined : node.inputs[match[0]]?.[0];
}

const nameOf = ({ node, output }: OutputReference) => JSON.stringify([node, output]);
