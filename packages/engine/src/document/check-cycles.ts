import { DiopterError } from "../errors/index.js";
import { jsonPointer } from "./pointer.js";
import { type WorkflowDocument, wiresOf } from "./types.js";

const mostCycles = 20;
const mostNamed = 8;

/**
 * The cycles of a document, at most 20 and no two of them with a node in common. What has no
 * sources is taken away, again and again; from what is left, every walk against the wires ends in a
 * cycle.
 */
export function findCycles(document: WorkflowDocument): DiopterError[] {
  const graph = wiring(document);
  const ready = [...graph.waiting].filter(([, count]) => count === 0).map(([id]) => id);
  takeAway(ready, graph);
  const problems: DiopterError[] = [];
  while (graph.waiting.size > 0 && problems.length < mostCycles) {
    const cycle = walkBack(graph);
    problems.push(describeCycle(cycle));
    takeAway(cycle, graph);
  }
  return problems;
}

interface Wiring {
  readonly sources: ReadonlyMap<string, readonly string[]>;
  readonly users: ReadonlyMap<string, readonly string[]>;
  /** Nodes not yet taken away, with the number of wires that still arrive. */
  readonly waiting: Map<string, number>;
}

function wiring(document: WorkflowDocument): Wiring {
  const sources = new Map<string, string[]>();
  const users = new Map<string, string[]>(Object.keys(document.nodes).map((id) => [id, []]));
  for (const [id, node] of Object.entries(document.nodes)) {
    const arriving = Object.values(node.inputs ?? {}).flatMap((wired) => wiresOf(wired));
    const existing = arriving.map(([source]) => source).filter((source) => users.has(source));
    sources.set(id, existing);
    for (const source of existing) users.get(source)?.push(id);
  }
  const waiting = new Map([...sources].map(([id, arriving]) => [id, arriving.length]));
  return { sources, users, waiting };
}

function takeAway(nodes: readonly string[], { users, waiting }: Wiring): void {
  const open = [...nodes];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (!waiting.delete(id)) continue;
    for (const user of users.get(id) ?? []) {
      const left = waiting.get(user);
      if (left === undefined) continue;
      waiting.set(user, left - 1);
      if (left === 1) open.push(user);
    }
  }
}

function walkBack({ sources, waiting }: Wiring): string[] {
  const visited = new Map<string, number>();
  const walk: string[] = [];
  let [id] = waiting.keys();
  while (id !== undefined && !visited.has(id)) {
    visited.set(id, walk.length);
    walk.push(id);
    id = sources.get(id)?.find((source) => waiting.has(source));
  }
  return walk.slice(visited.get(id ?? "") ?? 0).reverse();
}

function describeCycle(cycle: readonly string[]): DiopterError {
  const [first = ""] = cycle;
  const named = cycle.slice(0, mostNamed);
  const skipped = cycle.length > mostNamed ? [`${cycle.length - mostNamed} more`] : [];
  return new DiopterError("document/cycle", {
    message: `The wires run in a circle: ${[...named, ...skipped, first].join(" → ")}.`,
    remedy: "Remove one of these wires.",
    node: first,
    path: jsonPointer(["nodes", first, "inputs"]),
  });
}
