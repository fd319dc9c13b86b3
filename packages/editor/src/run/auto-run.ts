import type { FilledDocument, FilledNode } from "@diopter/engine/editing";
import { wiresOf } from "@diopter/engine/editing";
import { documentStore } from "../state/documents.js";
import { jobsStore } from "../state/jobs.js";
import { autoRunStore } from "./auto-run-store.js";
import { cancelShownJob, runWorkflow } from "./run-workflow.js";

/** A node that took longer than this the last time is not cheap. */
const cheap = 1500;
const quietTime = 500;

/**
 * While it is switched on, an edit runs those nodes that it concerns and that are cheap: their last
 * run took little time. What lies behind a node that is not waits until somebody runs it.
 */
export function followEdits(): void {
  const durations = new Map<string, number>();
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  jobsStore.subscribe(({ run }) => {
    for (const [id, status] of run.nodes) {
      if (status.state === "done") durations.set(id, status.milliseconds);
    }
  });
  documentStore.subscribe(({ document, id }, before) => {
    if (document === before.document) return;
    if (id !== before.id) return changed.clear();
    if (!autoRunStore.getState().isOn) return;
    for (const node of changedNodes(before.document, document)) changed.add(node);
    if (changed.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const targets = cheapTargets(document, changed, durations);
      changed.clear();
      if (targets.length > 0) void runAgain(targets);
    }, quietTime);
  });
}

async function runAgain(targets: readonly string[]): Promise<void> {
  const { shown, jobs } = jobsStore.getState();
  const status = shown === undefined ? undefined : jobs.get(shown)?.status;
  if (status === "running" || status === "queued") await cancelShownJob();
  await runWorkflow({ targets });
}

/** Nodes whose results an edit concerns: where a node stands does not matter. */
export function changedNodes(before: FilledDocument, after: FilledDocument): readonly string[] {
  return Object.entries(after.nodes).flatMap(([id, node]) =>
    isSame(before.nodes[id], node) ? [] : [id],
  );
}

function isSame(before: FilledNode | undefined, node: FilledNode): boolean {
  if (before === node) return true;
  return (
    before !== undefined &&
    before.type === node.type &&
    before.params === node.params &&
    before.inputs === node.inputs &&
    before.mode === node.mode
  );
}

/**
 * The last nodes of each cheap chain that begins at what was changed. A node whose time is not known
 * is not cheap, and what it feeds is not reached.
 */
export function cheapTargets(
  document: FilledDocument,
  changed: ReadonlySet<string>,
  durations: ReadonlyMap<string, number>,
): readonly string[] {
  const isCheap = (id: string) => (durations.get(id) ?? Number.POSITIVE_INFINITY) <= cheap;
  const reached = new Set([...changed].filter((id) => id in document.nodes && isCheap(id)));
  // A set hands out what is added while it is walked.
  for (const id of reached) {
    for (const next of fedBy(document, id)) if (isCheap(next)) reached.add(next);
  }
  return [...reached].filter((id) => !fedBy(document, id).some((next) => reached.has(next)));
}

function fedBy(document: FilledDocument, id: string): readonly string[] {
  return Object.entries(document.nodes).flatMap(([target, { inputs }]) =>
    Object.values(inputs).some((wired) => wiresOf(wired).some(([source]) => source === id))
      ? [target]
      : [],
  );
}
