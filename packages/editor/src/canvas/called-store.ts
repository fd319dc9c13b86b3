import {
  callType,
  type WorkflowDocument,
  type WorkflowNode,
  workflowSchema,
} from "@diopter/engine/editing";
import { createStore } from "zustand/vanilla";
import { api } from "../connection/api.js";
import { RequestError } from "../connection/request-error.js";
import { documentStore } from "../state/documents.js";
import { libraryStore } from "../state/library.js";
import { idFrom } from "./called-workflows.js";

/** A workflow that others call, as it is saved. */
export interface CalledWorkflow {
  readonly id: string;
  /** What it held when it was last there; undefined where it never was. */
  readonly document: WorkflowDocument | undefined;
  readonly isGone: boolean;
}

interface CalledState {
  /** By id. */
  readonly workflows: ReadonlyMap<string, CalledWorkflow>;
}

/** The workflows that the open document calls. Kept up to date by {@link followCalled}. */
export const calledStore = createStore<CalledState>(() => ({ workflows: new Map() }));

/** The id of the workflow that a node of the open document calls. */
export function calledId(node: Pick<WorkflowNode, "type" | "params">): string | undefined {
  const path = node.params?.path;
  if (node.type !== callType || typeof path !== "string" || path === "") return undefined;
  return idFrom(documentStore.getState().id, path);
}

/** The workflow that a node of the open document calls, where it has been fetched. */
export function calledBy(
  node: Pick<WorkflowNode, "type" | "params">,
  { workflows }: CalledState = calledStore.getState(),
): CalledWorkflow | undefined {
  const id = calledId(node);
  return id === undefined ? undefined : workflows.get(id);
}

/** The workflows that these nodes of the open document call, by the path that each gives. */
export function calledByPath(
  nodes: readonly WorkflowNode[],
  state: CalledState = calledStore.getState(),
): ReadonlyMap<string, WorkflowDocument> {
  const documents = new Map<string, WorkflowDocument>();
  for (const node of nodes) {
    const document = calledBy(node, state)?.document;
    if (document !== undefined) documents.set(String(node.params?.path), document);
  }
  return documents;
}

/** How often each was asked for: an answer that a later question has overtaken does not count. */
const asked = new Map<string, number>();

/** Fetches what the open document calls, and again whatever the server says has changed. */
export function followCalled(): void {
  documentStore.subscribe((state, before) => {
    if (state.document !== before.document || state.id !== before.id) fetchMissing();
  });
  libraryStore.subscribe(({ changed }) => {
    const ids = changed === undefined ? [...asked.keys()] : [changed];
    for (const id of ids) if (asked.has(id)) void fetchOne(id);
  });
  fetchMissing();
}

function fetchMissing(): void {
  for (const node of Object.values(documentStore.getState().document.nodes)) {
    const id = calledId(node);
    if (id !== undefined && !asked.has(id)) void fetchOne(id);
  }
}

async function fetchOne(id: string): Promise<void> {
  const turn = (asked.get(id) ?? 0) + 1;
  asked.set(id, turn);
  const answer = await ask(id);
  if (asked.get(id) !== turn || answer === undefined) return;
  calledStore.setState(({ workflows }) => {
    const before = workflows.get(id);
    const document = answer === "gone" ? before?.document : answer;
    const called = { id, document, isGone: answer === "gone" };
    return { workflows: new Map(workflows).set(id, called) };
  });
}

/** Undefined where nothing can be said now: the server is away, or the file is being repaired. */
async function ask(id: string): Promise<WorkflowDocument | "gone" | undefined> {
  try {
    return workflowSchema.safeParse(await api.workflow(id)).data;
  } catch (reason) {
    return reason instanceof RequestError && reason.status === 404 ? "gone" : undefined;
  }
}
