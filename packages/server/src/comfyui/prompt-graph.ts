import type { SourceNode } from "../comfyui-workflows/index.js";

/** Nodes that fail and whose outputs are looked for: enough for people, no work for floods. */
const mostTraced = 200;

/** Who needs whom in a prompt. Everything is without recursion. */
export class PromptGraph {
  readonly #sources = new Map<string, readonly string[]>();
  readonly #users = new Map<string, string[]>();
  #traced = 0;

  constructor(nodes: ReadonlyMap<string, SourceNode>) {
    for (const [id, { inputs }] of nodes) {
      const sources = Object.values(inputs).flatMap((input) =>
        input.kind === "link" && nodes.has(input.node) ? [input.node] : [],
      );
      this.#sources.set(id, [...new Set(sources)]);
    }
    for (const [id, sources] of this.#sources) {
      for (const source of sources) {
        const users = this.#users.get(source) ?? [];
        users.push(id);
        this.#users.set(source, users);
      }
    }
  }

  /** The nodes themselves and all that they need. */
  neededBy(ids: readonly string[]): ReadonlySet<string> {
    return walk(ids, this.#sources);
  }

  /** The nodes themselves and all that need them. */
  dependents(ids: readonly string[]): ReadonlySet<string> {
    return walk(ids, this.#users);
  }

  /** Which of the outputs need a node. */
  outputsBehind(id: string, outputs: readonly string[]): string[] {
    this.#traced += 1;
    if (this.#traced > mostTraced) return [];
    const dependents = this.dependents([id]);
    return outputs.filter((output) => dependents.has(output));
  }

  /** Those of the nodes that lie on circles, or between two circles. */
  inCircles(ids: ReadonlySet<string>): ReadonlySet<string> {
    const left = new Set(ids);
    this.#peel(left, this.#sources, this.#users);
    this.#peel(left, this.#users, this.#sources);
    return left;
  }

  /** Takes away whatever has nothing before it, again and again. */
  #peel(
    left: Set<string>,
    before: ReadonlyMap<string, readonly string[]>,
    behind: ReadonlyMap<string, readonly string[]>,
  ): void {
    const counts = new Map<string, number>();
    for (const id of left) {
      counts.set(id, (before.get(id) ?? []).filter((other) => left.has(other)).length);
    }
    const ready = [...counts].filter(([, count]) => count === 0).map(([id]) => id);
    for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
      left.delete(id);
      for (const next of behind.get(id) ?? []) {
        const count = (counts.get(next) ?? 0) - 1;
        counts.set(next, count);
        if (count === 0 && left.has(next)) ready.push(next);
      }
    }
  }
}

function walk(
  ids: readonly string[],
  next: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const seen = new Set(ids);
  // A set hands out what is added while it is walked.
  for (const id of seen) for (const other of next.get(id) ?? []) seen.add(other);
  return seen;
}
