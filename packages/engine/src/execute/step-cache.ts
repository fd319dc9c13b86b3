import type {
  Awaitable,
  CacheEntry,
  CacheHit,
  Leases,
  NodeOutputs,
  ValueCache,
} from "../cache/index.js";
import type { NodeDefinition } from "../nodes/index.js";
import type { PlannedNode } from "../plan/index.js";
import type { SocketType } from "../sockets/index.js";
import type { StepItem } from "./step-item.js";
import { isStillWritten, writtenName } from "./written-files.js";

/** Outputs of the nodes of a step, and the slower of the places where they were found. */
export interface StepHit {
  readonly outputs: ReadonlyMap<string, NodeOutputs>;
  readonly from: "memory" | "disk";
}

type NodeHit = readonly [node: string, hit: CacheHit];

/** A cache as steps see it: a hit is everything that a step exposes, and is retained at once. */
export class StepCache {
  readonly #cache: ValueCache | undefined;
  readonly #leases: Leases;
  #catchingUp: Promise<void> | undefined;

  constructor(cache: ValueCache | undefined, leases: Leases) {
    this.#cache = cache;
    this.#leases = leases;
  }

  /**
   * Resolves when the cache has kept up with what it was given; undefined where it has. Whoever runs
   * items waits with it: what waits to be written takes memory.
   */
  get catchingUp(): Promise<void> | undefined {
    return this.#catchingUp;
  }

  /** At once where the cache answers at once. */
  find(item: StepItem): Awaitable<StepHit | undefined> {
    const cache = this.#cache;
    if (cache === undefined || !isRepeatable(item.state.node)) return undefined;
    const hits: Awaitable<NodeHit | undefined>[] = [];
    for (const [node, outputs] of exposedByNode(item)) {
      hits.push(this.#findNode(cache, item.keys?.get(node) ?? "", node, outputs));
    }
    const writes = hasSideEffect(item.state.node);
    if (!writes && hits.every(isThere)) return this.#together(hits);
    return Promise.all(hits).then(async (found) => {
      const hit = this.#together(found);
      if (hit === undefined || !writes || (await this.#stillThere(item, hit))) return hit;
      for (const outputs of hit.outputs.values()) this.#leases.release(outputs);
      return undefined;
    });
  }

  /** Keeps what a run gave. `written` tells files that a side effect has left behind. */
  keep(
    item: StepItem,
    outputs: ReadonlyMap<string, NodeOutputs>,
    milliseconds: number,
    written: string | undefined,
  ): void {
    const { node, step } = item.state;
    if (this.#cache === undefined || !isRepeatable(node)) return;
    if (hasSideEffect(node) && written === undefined) return;
    for (const { id, definition } of step.nodes) {
      const values = outputs.get(id);
      const key = item.keys?.get(id);
      if (values === undefined || key === undefined) continue;
      const keeping = this.#cache.set(key, entryOf(definition, values, milliseconds, written));
      if (keeping instanceof Promise) this.#waitFor(keeping);
    }
  }

  async settled(): Promise<void> {
    await this.#cache?.settled();
  }

  #waitFor(keeping: Promise<void>): void {
    const done = () => {
      if (this.#catchingUp === all) this.#catchingUp = undefined;
    };
    const all = Promise.all([this.#catchingUp, keeping]).then(done, done);
    this.#catchingUp = all;
  }

  #findNode(cache: ValueCache, key: string, node: string, outputs: readonly string[]) {
    const retained = (hit: CacheHit | undefined) => {
      if (hit === undefined || !outputs.every((name) => name in hit.outputs)) return undefined;
      this.#leases.retain(hit.outputs);
      return [node, hit] satisfies NodeHit;
    };
    const hit = cache.get(key);
    return hit instanceof Promise ? hit.then(retained) : retained(hit);
  }

  #together(found: readonly (NodeHit | undefined)[]): StepHit | undefined {
    const hits = found.filter((hit) => hit !== undefined);
    if (hits.length < found.length) {
      for (const [, hit] of hits) this.#leases.release(hit.outputs);
      return undefined;
    }
    const from = hits.some(([, hit]) => hit.from === "disk") ? "disk" : "memory";
    return { outputs: new Map(hits.map(([node, hit]) => [node, hit.outputs])), from };
  }

  #stillThere(item: StepItem, hit: StepHit): Promise<boolean> {
    return isStillWritten(hit.outputs.get(item.state.node.id)?.[writtenName]);
  }
}

function entryOf(
  { outputs: ports }: NodeDefinition,
  values: NodeOutputs,
  milliseconds: number,
  written: string | undefined,
): CacheEntry {
  const sockets: Record<string, SocketType> = {};
  for (const name of Object.keys(values)) {
    const socket = ports[name]?.socket;
    if (socket !== undefined) sockets[name] = socket;
  }
  if (written === undefined) return { outputs: values, sockets, milliseconds };
  return {
    outputs: { ...values, [writtenName]: written },
    sockets: { ...sockets, [writtenName]: "TEXT" },
    milliseconds,
  };
}

function isThere(hit: Awaitable<NodeHit | undefined>): hit is NodeHit | undefined {
  return !(hit instanceof Promise);
}

function exposedByNode(item: StepItem): ReadonlyMap<string, readonly string[]> {
  const { step, node } = item.state;
  if (node.definition.run !== undefined)
    return new Map([[node.id, Object.keys(node.definition.outputs)]]);
  const nodes = new Map<string, string[]>();
  for (const { node: id, output } of step.exposed) {
    nodes.set(id, [...(nodes.get(id) ?? []), output]);
  }
  return nodes;
}

function isRepeatable({ definition }: PlannedNode): boolean {
  return definition.graph !== undefined || definition.deterministic !== false;
}

/** Whether a node writes something outside. */
export function hasSideEffect({ definition }: PlannedNode): boolean {
  return definition.run !== undefined && definition.sideEffect === true;
}
