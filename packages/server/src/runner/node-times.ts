import type { EarlierRun, RunReport, WorkflowDocument } from "@diopter/engine";

type Times = EarlierRun["nodes"][string];

const most = 1000;

/** How long nodes took the last time, so that the next run knows which of them are the long ones. */
export class NodeTimes {
  readonly #times = new Map<string, Times>();

  remember({ nodes }: Pick<RunReport, "nodes">): void {
    for (const [id, { type, status, milliseconds, items }] of Object.entries(nodes)) {
      if (status !== "executed") continue;
      const key = keyOf(id, type);
      // The one that was used last is forgotten last.
      this.#times.delete(key);
      this.#times.set(key, { status, milliseconds, ...(items === undefined ? {} : { items }) });
    }
    for (const key of this.#times.keys()) {
      if (this.#times.size <= most) return;
      this.#times.delete(key);
    }
  }

  /** What is known of the nodes of a workflow. */
  of({ nodes }: WorkflowDocument): EarlierRun {
    const known = Object.entries(nodes).flatMap(([id, { type }]): [string, Times][] => {
      const times = this.#times.get(keyOf(id, type));
      return times === undefined ? [] : [[id, times]];
    });
    return { nodes: Object.fromEntries(known) };
  }
}

const keyOf = (id: string, type: string) => `${type} ${id}`;
