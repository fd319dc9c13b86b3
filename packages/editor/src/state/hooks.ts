import type {
  FilledDocument,
  FilledNode,
  NodeDescriptor,
  SocketType,
} from "@diopter/engine/editing";
import { socketTypes } from "@diopter/engine/editing";
import type { Job, JobResult, PreviewHeader } from "@diopter/server/protocol";
import { useMemo } from "react";
import { useStore } from "zustand";
import { descriptorsStore } from "./descriptors.js";
import { documentStore } from "./documents.js";
import { inOrder, jobsStore } from "./jobs.js";
import { type Preview, previewsStore } from "./previews.js";
import { failureAt, type NodeStatus, type RunStatus } from "./run-status.js";
import { selectionStore } from "./selection.js";
import { ranStore } from "./stale.js";

/** The document that is open. */
export const useDocument = (): FilledDocument => useStore(documentStore, (state) => state.document);

/** One node of the document. Renders again only when that node changes. */
export const useNode = (id: string): FilledNode | undefined =>
  useStore(documentStore, ({ document }) =>
    Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined,
  );

/** All node types by type. */
export const useDescriptors = (): Readonly<Record<string, NodeDescriptor>> =>
  useStore(descriptorsStore, (state) => state.registry);

/** One node type; undefined where nobody brought it. */
export const useDescriptor = (type: string): NodeDescriptor | undefined =>
  useStore(descriptorsStore, ({ registry }) => registry[type]);

/** Colour of a socket type, as the canvas draws it. */
export const socketColour = (socket: SocketType): string => socketTypes[socket].colour;

/** Ids of the chosen nodes. */
export const useSelection = (): readonly string[] =>
  useStore(selectionStore, (state) => state.nodes);

/** How a node fares in the run that is shown. */
export const useNodeStatus = (id: string): NodeStatus | undefined =>
  useStore(jobsStore, ({ run }) => run.nodes.get(id));

/** Whether a node would give something else now than in the run that is shown. */
export const useIsStale = (id: string): boolean => useStore(ranStore, ({ stale }) => stale.has(id));

/** What went wrong at an input or a parameter, unless its node was changed since. */
export const useFailure = (node: string, port: string): string => {
  const failure = useStore(jobsStore, ({ run }) => failureAt(run.nodes.get(node), port));
  return useIsStale(node) ? "" : failure;
};

/** What the run noted about a node, such as that tiles were halved. */
export const useNodeNotes = (id: string): readonly string[] | undefined =>
  useStore(jobsStore, ({ run }) => run.notes.get(id));

/** The run that is shown. */
export const useRun = (): RunStatus => useStore(jobsStore, (state) => state.run);

/** The job that is shown on the canvas. */
export const useShownJob = (): Job | undefined =>
  useStore(jobsStore, ({ shown, jobs }) => (shown === undefined ? undefined : jobs.get(shown)));

/** All jobs in the order of the panel, and whether the queue is paused. */
export function useJobs(): { readonly jobs: readonly Job[]; readonly paused: boolean } {
  const jobs = useStore(jobsStore, (state) => state.jobs);
  const paused = useStore(jobsStore, (state) => state.paused);
  return useMemo(() => ({ jobs: inOrder(jobs), paused }), [jobs, paused]);
}

const noResults: readonly JobResult[] = [];

/** What a node made in the job that is shown. */
export function useNodeResults(id: string): readonly JobResult[] {
  const results = useShownJob()?.results;
  return useMemo(() => {
    const own = results?.filter(({ node }) => node === id) ?? noResults;
    return own.length === 0 ? noResults : own;
  }, [results, id]);
}

/** All newest previews of a node, by kind. */
export const usePreviews = (id: string): ReadonlyMap<PreviewHeader["kind"], Preview> | undefined =>
  useStore(previewsStore, ({ previews }) => previews.get(id));
