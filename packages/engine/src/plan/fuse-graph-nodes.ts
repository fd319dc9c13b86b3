import type { OutputReference, PlannedNode, PlannedStep } from "./plan.js";

/**
 * Pass 7: gathers graph nodes that are wired to each other into steps, so that their tensors stay
 * on the device and one session runs them all. No path may leave such a step and come back in.
 *
 * Every node gets a level: the largest number of changes from graph to host on a path that leads
 * to it. Graph nodes of one level that are connected form a step. A path that left it would pass a
 * host node (and come back at a higher level) or a node of other axes (and never come back, since
 * graph nodes do not collect), so none comes back in. Linear in nodes and wires.
 *
 * @param ordered nodes, each after those that it reads
 * @returns steps, not yet in order
 */
export function fuseGraphNodes(
  ordered: readonly PlannedNode[],
  targets: readonly string[],
): readonly PlannedStep[] {
  const leaders = leadersOf(ordered);
  const groups = new Map<string, PlannedNode[]>();
  for (const node of ordered) {
    const leader = leaders.find(node.id);
    const group = groups.get(leader);
    if (group === undefined) groups.set(leader, [node]);
    else group.push(node);
  }
  const exposed = exposedOutputs(ordered, (id) => leaders.find(id), new Set(targets));
  return [...groups].map(([leader, nodes]) => ({ nodes, exposed: exposed.get(leader) ?? [] }));
}

interface Placed {
  readonly node: PlannedNode;
  readonly level: number;
}

function leadersOf(ordered: readonly PlannedNode[]): DisjointSets {
  const sets = new DisjointSets();
  const placed = new Map<string, Placed>();
  for (const node of ordered) {
    const sources = sourcesOf(node, placed);
    const own = { node, level: levelAfter(node, sources) };
    placed.set(node.id, own);
    for (const source of sources) {
      if (mayShareSession(own, source)) sets.join(source.node.id, node.id);
    }
  }
  return sets;
}

function sourcesOf(node: PlannedNode, placed: ReadonlyMap<string, Placed>): readonly Placed[] {
  return Object.values(node.inputs)
    .flat()
    .flatMap((wire) => placed.get(wire.node) ?? []);
}

const isGraph = (node: PlannedNode) => node.definition.graph !== undefined;

function levelAfter(node: PlannedNode, sources: readonly Placed[]): number {
  let level = 0;
  for (const source of sources) {
    const change = isGraph(source.node) && !isGraph(node) ? 1 : 0;
    level = Math.max(level, source.level + change);
  }
  return level;
}

function mayShareSession(a: Placed, b: Placed): boolean {
  if (!isGraph(a.node) || !isGraph(b.node) || a.level !== b.level) return false;
  const [axesA, axesB] = [a.node.axes, b.node.axes];
  return axesA.length === axesB.length && axesA.every((axis, place) => axis === axesB[place]);
}

function exposedOutputs(
  ordered: readonly PlannedNode[],
  groupOf: (id: string) => string,
  targets: ReadonlySet<string>,
): ReadonlyMap<string, readonly OutputReference[]> {
  const found = new Map<string, Map<string, OutputReference>>();
  const graphs = new Set(ordered.filter(isGraph).map((node) => node.id));
  const expose = ({ node, output }: OutputReference) => {
    if (!graphs.has(node)) return;
    const group = groupOf(node);
    const outputs = found.get(group) ?? new Map<string, OutputReference>();
    found.set(group, outputs.set(JSON.stringify([node, output]), { node, output }));
  };
  for (const node of ordered) {
    for (const wire of Object.values(node.inputs).flat()) {
      if (groupOf(wire.node) !== groupOf(node.id)) expose(wire);
    }
    if (!targets.has(node.id)) continue;
    for (const output of Object.keys(node.definition.outputs)) expose({ node: node.id, output });
  }
  return new Map([...found].map(([group, outputs]) => [group, [...outputs.values()]]));
}

/** Union-find over ids, with path halving. */
class DisjointSets {
  readonly #parents = new Map<string, string>();

  find(id: string): string {
    let current = id;
    for (;;) {
      const parent = this.#parents.get(current) ?? current;
      if (parent === current) return current;
      const grandparent = this.#parents.get(parent) ?? parent;
      this.#parents.set(current, grandparent);
      current = grandparent;
    }
  }

  join(a: string, b: string): void {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    if (rootA !== rootB) this.#parents.set(rootB, rootA);
  }
}
