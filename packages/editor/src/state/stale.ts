import {
  type FilledDocument,
  type FilledNode,
  fillDocument,
  type NodeDescriptor,
  type WorkflowDocument,
  wiresOf,
} from "@diopter/engine/editing";
import { createStore } from "zustand/vanilla";
import { descriptorsStore } from "./descriptors.js";
import { documentStore } from "./documents.js";
import { jobsStore } from "./jobs.js";

type Registry = Readonly<Record<string, NodeDescriptor>>;

interface RanState {
  /** The workflow that the job on the canvas ran; undefined while it is not known. */
  readonly ran: FilledDocument | undefined;
  /** Nodes that would give something else now than they gave in that job. */
  readonly stale: ReadonlySet<string>;
}

/** Which results on the canvas are out of date. */
export const ranStore = createStore<RanState>(() => ({ ran: undefined, stale: new Set() }));

/** What jobs ran, as far as they began in this page or were shown. */
const submitted = new Map<string, FilledDocument>();
const mostRemembered = 100;

/** Remembers what a job runs. */
export function noteSubmitted(job: string, document: FilledDocument): void {
  submitted.set(job, document);
  const [oldest] = submitted.keys();
  if (submitted.size > mostRemembered && oldest !== undefined) submitted.delete(oldest);
}

/** Compares the document with what the job on the canvas ran, whenever one of them changes. */
export function followStaleness(fetchWorkflow: (job: string) => Promise<WorkflowDocument>): void {
  const look = () => {
    const { ran } = ranStore.getState();
    const { document } = documentStore.getState();
    const { registry } = descriptorsStore.getState();
    const stale = ran === undefined ? new Set<string>() : staleNodes(document, ran, registry);
    ranStore.setState({ stale });
  };
  documentStore.subscribe(({ document }, before) => {
    if (document !== before.document) look();
  });
  jobsStore.subscribe(({ shown }, before) => {
    if (shown === before.shown) return;
    ranStore.setState({ ran: shown === undefined ? undefined : submitted.get(shown) });
    look();
    if (shown === undefined || submitted.has(shown)) return;
    fetchWorkflow(shown).then(
      (workflow) => {
        noteSubmitted(shown, fillDocument(workflow));
        if (jobsStore.getState().shown !== shown) return;
        ranStore.setState({ ran: submitted.get(shown) });
        look();
      },
      // A job that was removed: its results are shown as they are.
      () => undefined,
    );
  });
}

/** Nodes that differ from what ran, and all that they feed. Where a node stands does not matter. */
export function staleNodes(
  now: FilledDocument,
  ran: FilledDocument,
  registry: Registry,
): ReadonlySet<string> {
  const fed = new Map<string, string[]>();
  const stale = new Set<string>();
  for (const [id, node] of Object.entries(now.nodes)) {
    if (!isSameNode(ran.nodes[id], node, registry[node.type])) stale.add(id);
    for (const wired of Object.values(node.inputs)) {
      for (const [source] of wiresOf(wired)) fed.set(source, [...(fed.get(source) ?? []), id]);
    }
  }
  // A set hands out what is added while it is walked.
  for (const id of stale) for (const next of fed.get(id) ?? []) stale.add(next);
  return stale;
}

function isSameNode(
  before: FilledNode | undefined,
  node: FilledNode,
  descriptor: NodeDescriptor | undefined,
): boolean {
  if (before === node) return true;
  if (before === undefined || before.type !== node.type || before.mode !== node.mode) return false;
  const meaningOf = ({ params, inputs }: FilledNode) => {
    const defaults = Object.entries(descriptor?.params ?? {}).map(([name, parameter]) => [
      name,
      "default" in parameter ? parameter.default : undefined,
    ]);
    return inOrder({ ...Object.fromEntries(defaults), ...params }) + inOrder(inputs);
  };
  return meaningOf(before) === meaningOf(node);
}

function inOrder(table: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
}
