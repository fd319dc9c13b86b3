import type { FilledDocument, FilledNode } from "@diopter/engine/editing";
import { wiresOf } from "@diopter/engine/editing";
import { api } from "../connection/api.js";
import { descriptorsStore } from "../state/descriptors.js";
import { documentStore } from "../state/documents.js";
import { jobsStore, removeJob } from "../state/jobs.js";
import { ranStore, staleNodes } from "../state/stale.js";
import { autoRunStore } from "./auto-run-store.js";
import { runWorkflow } from "./run-workflow.js";

/** A node that took longer than this the last time is not cheap. */
const cheap = 1500;
const quietTime = 500;

/** What is known of nodes from the runs that this page has seen. */
interface Experience {
  /** Milliseconds that each took the last time. */
  readonly durations: ReadonlyMap<string, number>;
  /** Whether what a node gives is there already, as the workflow now stands. */
  readonly isFresh: (id: string) => boolean;
}

/**
 * While it is switched on, an edit runs those nodes that it concerns and that are cheap: their last
 * run took little time, and what they need is either cheap too or known. What lies behind a node
 * that is not waits until somebody runs it.
 */
export function followEdits(): void {
  const durations = new Map<string, number>();
  const ranIn = new Map<string, FilledDocument>();
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const learn = () => {
    const { ran } = ranStore.getState();
    for (const [id, status] of jobsStore.getState().run.nodes) {
      if (status.state === "done") durations.set(id, status.milliseconds);
      const isKnown = status.state === "done" || status.state === "cached";
      if (isKnown && ran !== undefined) ranIn.set(id, ran);
    }
  };
  jobsStore.subscribe(({ run }, before) => {
    if (run !== before.run) learn();
  });
  ranStore.subscribe(({ ran }, before) => {
    if (ran !== before.ran) learn();
  });
  documentStore.subscribe(({ document, id }, before) => {
    if (document === before.document) return;
    if (id !== before.id) {
      for (const known of [changed, durations, ranIn]) known.clear();
      return;
    }
    if (!autoRunStore.getState().isOn) return;
    for (const node of changedNodes(before.document, document)) changed.add(node);
    if (changed.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const isFresh = freshness(document, ranIn);
      const targets = cheapTargets(document, changed, { durations, isFresh });
      changed.clear();
      if (targets.length > 0) void runAgain(targets);
    }, quietTime);
  });
}

function freshness(document: FilledDocument, ranIn: ReadonlyMap<string, FilledDocument>) {
  const compared = new Map<FilledDocument, ReadonlySet<string>>();
  return (id: string) => {
    const ran = ranIn.get(id);
    if (ran === undefined) return false;
    const { registry } = descriptorsStore.getState();
    const stale = compared.get(ran) ?? staleNodes(document, ran, registry);
    compared.set(ran, stale);
    return !stale.has(id);
  };
}

let last: string | undefined;

/** Runs what was edited; the run of an edit before it that has not ended is dropped. */
async function runAgain(targets: readonly string[]): Promise<void> {
  const superseded = last;
  last = undefined;
  if (superseded !== undefined && isOpen(superseded)) void drop(superseded);
  const { shown } = jobsStore.getState();
  // What somebody has started is shown to its end.
  const isBusy = shown !== undefined && shown !== superseded && isOpen(shown);
  const job = await runWorkflow({ targets, show: isBusy ? "in-turn" : "now" });
  last = job?.id;
}

function isOpen(id: string): boolean {
  const status = jobsStore.getState().jobs.get(id)?.status;
  return status === "running" || status === "queued";
}

/** Cancels a job and takes it out of the history, where it would only be in the way. */
async function drop(id: string): Promise<void> {
  const stop = jobsStore.subscribe(({ jobs }) => {
    if (jobs.get(id)?.status !== "cancelled") return;
    stop();
    removeJob(id);
    api.deleteJob(id).catch(() => undefined);
  });
  await api.cancelJob(id).catch(stop);
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
 * is not cheap, and what it feeds is not reached; nor is what would need a node that is not cheap
 * and whose result is not there.
 */
export function cheapTargets(
  document: FilledDocument,
  changed: ReadonlySet<string>,
  { durations, isFresh }: Experience,
): readonly string[] {
  const isCheap = (id: string) => (durations.get(id) ?? Number.POSITIVE_INFINITY) <= cheap;
  const isReady = (id: string) => isCheap(id) && needsOnly(document, id, isCheap, isFresh);
  const reached = new Set([...changed].filter((id) => id in document.nodes && isReady(id)));
  // A set hands out what is added while it is walked.
  for (const id of reached) {
    for (const next of fedBy(document, id)) if (isReady(next)) reached.add(next);
  }
  return [...reached].filter((id) => !fedBy(document, id).some((next) => reached.has(next)));
}

/** Whether all that a node needs, near and far, is cheap or there already. */
function needsOnly(
  document: FilledDocument,
  id: string,
  isCheap: (id: string) => boolean,
  isFresh: (id: string) => boolean,
): boolean {
  const needed = new Set(sourcesOf(document, id));
  for (const source of needed) {
    if (isFresh(source)) continue;
    if (!isCheap(source)) return false;
    for (const further of sourcesOf(document, source)) needed.add(further);
  }
  return true;
}

const sourcesOf = ({ nodes }: FilledDocument, id: string): readonly string[] =>
  Object.values(nodes[id]?.inputs ?? {}).flatMap((wired) =>
    wiresOf(wired).map(([source]) => source),
  );

function fedBy(document: FilledDocument, id: string): readonly string[] {
  return Object.keys(document.nodes).filter((target) => sourcesOf(document, target).includes(id));
}
