import { type Draft, type DraftNode, mayBeMissing, neededBy, readsOf } from "./draft.js";
import type { OmittedNode } from "./plan.js";
import { nothingToRun } from "./select-outputs.js";

/**
 * Pass 3: drops muted nodes, and bypassed ones that hand nothing on, with everything that cannot do
 * without them; then what nobody needs any more. An optional input of a dropped node stays unwired.
 * @throws DiopterError `document/no-output` when no target is left.
 */
export function dropMuted(draft: Draft): Draft {
  const reasons = reasonsToDrop(draft);
  if (reasons.size === 0) return draft;
  const left = new Map<string, DraftNode>();
  for (const [id, node] of draft.nodes) {
    if (!reasons.has(id)) left.set(id, { ...node, inputs: inputsWithout(node, reasons) });
  }
  const targets = draft.targets.filter((id) => !reasons.has(id));
  if (targets.length === 0) throw nothingToRun();
  return { nodes: neededBy(left, targets), targets, omitted: omissions(draft, reasons) };
}

function reasonsToDrop(draft: Draft): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  for (const [id, node] of draft.nodes) {
    if (node.mode === "muted") reasons.set(id, "It is muted.");
    if (node.mode === "bypassed") reasons.set(id, "It is bypassed.");
  }
  if (reasons.size === 0) return reasons;
  const readers = readersOf(draft);
  const open = [...reasons.keys()];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const reader of readers.get(id) ?? []) {
      if (reasons.has(reader.id) || canDoWithout(reader, reasons)) continue;
      reasons.set(reader.id, `It needs "${id}", which does not run.`);
      open.push(reader.id);
    }
  }
  return reasons;
}

function readersOf(draft: Draft): ReadonlyMap<string, ReadonlySet<DraftNode>> {
  const readers = new Map<string, Set<DraftNode>>();
  for (const node of draft.nodes.values()) {
    for (const source of readsOf(node)) {
      const known = readers.get(source.node) ?? new Set<DraftNode>();
      readers.set(source.node, known.add(node));
    }
  }
  return readers;
}

function canDoWithout(node: DraftNode, dropped: ReadonlyMap<string, string>): boolean {
  return Object.entries(node.inputs).every(([name, sources]) => {
    const port = node.definition.inputs[name];
    if (port === undefined || mayBeMissing(port)) return true;
    return sources.some((source) => !dropped.has(source.node));
  });
}

function inputsWithout(node: DraftNode, dropped: ReadonlyMap<string, string>): DraftNode["inputs"] {
  const left = Object.entries(node.inputs).map(
    ([port, sources]) => [port, sources.filter((source) => !dropped.has(source.node))] as const,
  );
  return Object.fromEntries(left.filter(([, sources]) => sources.length > 0));
}

/** A bypassed node is worth a word only where it was asked for: elsewhere it did its part. */
function omissions(draft: Draft, reasons: ReadonlyMap<string, string>): readonly OmittedNode[] {
  const targets = new Set(draft.targets);
  return [...draft.nodes.keys()].flatMap((node) => {
    const because = reasons.get(node);
    const silent = draft.nodes.get(node)?.mode === "bypassed" && !targets.has(node);
    return because === undefined || silent ? [] : [{ node, because }];
  });
}
