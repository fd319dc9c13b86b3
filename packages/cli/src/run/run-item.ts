import { dirname } from "node:path";
import {
  type Device,
  expandCalls,
  type Leases,
  type NodeRegistry,
  type RunReport,
  readingsOf,
  requireRunnable,
  resultNodes,
  runWorkflow,
  type ValueCache,
  type WorkflowDocument,
  writtenPaths,
} from "@diopter/engine";
import type { Configuration } from "../configuration.js";
import type { Reporter } from "../progress/reporter.js";
import { type OpenedWorkflow, workflowLoader } from "../workflow-file.js";
import { commonFolder } from "./destinations.js";
import type { SettledWorkflow } from "./settings.js";

/** What all runs of a command share. */
export interface RunSurroundings {
  readonly opened: OpenedWorkflow;
  readonly registry: NodeRegistry;
  readonly configuration: Configuration;
  readonly device: Device;
  readonly cache: ValueCache;
  readonly leases: Leases;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
  readonly targets: readonly string[] | undefined;
  readonly directory: string;
}

/** A run that has ended, the files that it wrote and what it measured. */
export interface FinishedRun {
  readonly report: RunReport;
  /** Absolute paths. */
  readonly results: readonly string[];
  /** Numbers and texts that were asked for, by `node.output`; of several items, the last. */
  readonly readings: Readonly<Record<string, number | string | boolean>>;
}

/**
 * The workflow with those that it uses as nodes laid out in it, ready to run.
 * @throws DiopterError for what keeps it from running.
 */
export async function layOut(
  settled: SettledWorkflow,
  { opened, registry }: Pick<RunSurroundings, "opened" | "registry">,
): Promise<SettledWorkflow> {
  requireRunnable(settled.document, registry);
  const document = await expandCalls(settled.document, workflowLoader(opened.folder, registry));
  if (document !== settled.document) requireRunnable(document, registry);
  return { ...settled, document };
}

/**
 * Runs a workflow that {@link layOut} has prepared. It may read in its own folder, the current one, those that the
 * configuration names and those of paths on the command line; it writes where the command line
 * says, or into the current folder.
 */
export async function runItem(
  { document, embedded, namedPaths }: SettledWorkflow,
  around: RunSurroundings,
): Promise<FinishedRun> {
  const { opened, registry, configuration, directory } = around;
  const written = namedPaths.filter((path) => isDestination(document, registry, path));
  const report = await runWorkflow({
    document,
    embedded,
    registry,
    device: around.device,
    cache: around.cache,
    leases: around.leases,
    folders: {
      base: opened.folder,
      readable: [directory, ...configuration.readable, ...namedPaths.flatMap(folders)],
      output: written.length === 0 ? directory : commonFolder(written.map((path) => dirname(path))),
    },
    signal: around.signal,
    onEvent: around.reporter.event,
    targets: around.targets,
    values: around.targets ?? resultNodes(document, registry),
  });
  const finished = { report, results: writtenPaths(report), readings: readingsOf(report) };
  for (const items of Object.values(report.values)) {
    for (const { outputs } of items) around.leases.release(outputs);
  }
  return finished;
}

/** A named folder may be read too, and so may the folder of a named file. */
function folders(path: string): readonly string[] {
  return [path, dirname(path)];
}

function isDestination(document: WorkflowDocument, registry: NodeRegistry, path: string): boolean {
  return Object.values(document.nodes).some((node) =>
    Object.entries(registry[node.type]?.params ?? {}).some(
      ([name, parameter]) => parameter.kind === "destination" && node.params?.[name] === path,
    ),
  );
}
