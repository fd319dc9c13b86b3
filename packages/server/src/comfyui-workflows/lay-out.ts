import type { SourceNode } from "./intermediate.js";

const columnWidth = 300;
const rowHeight = 180;

/** Places for nodes that have none: each to the right of what it reads from. */
export function layOut(
  nodes: readonly SourceNode[],
): ReadonlyMap<string, readonly [number, number]> {
  const columns = columnsOf(nodes);
  const filled: number[] = [];
  return new Map(
    nodes.map(({ id }) => {
      const column = columns.get(id) ?? 0;
      const row = filled[column] ?? 0;
      filled[column] = row + 1;
      return [id, [column * columnWidth, row * rowHeight] as const];
    }),
  );
}

/** The length of the longest chain before each node; nodes in circles stand at the left. */
function columnsOf(nodes: readonly SourceNode[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  const waiting = new Map<string, number>();
  const users = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { id, inputs } of nodes) {
    const sources = Object.values(inputs).flatMap((input) =>
      input.kind === "link" && users.has(input.node) ? [input.node] : [],
    );
    waiting.set(id, sources.length);
    for (const source of sources) users.get(source)?.push(id);
  }
  const ready = [...waiting].filter(([, count]) => count === 0).map(([id]) => id);
  for (const id of ready) columns.set(id, 0);
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    const next = (columns.get(id) ?? 0) + 1;
    for (const user of users.get(id) ?? []) {
      columns.set(user, Math.max(columns.get(user) ?? 0, next));
      const left = (waiting.get(user) ?? 0) - 1;
      waiting.set(user, left);
      if (left === 0) ready.push(user);
    }
  }
  return columns;
}
