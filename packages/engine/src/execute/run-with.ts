import { availableParallelism } from "node:os";
import type { DeviceStatistics } from "../device/index.js";
import { DiopterError, type ErrorDescription, toDiopterError } from "../errors/index.js";
import { manyFilesParameter, type Plan, planWorkflow } from "../plan/index.js";
import { readablePath } from "./contained-path.js";
import { EventLog } from "./event-log.js";
import type { RunGraphGroup } from "./group-types.js";
import { leasesOf, releaseRest } from "./held-values.js";
import { ItemGraph } from "./item-graph.js";
import { itemKeys } from "./item-keys.js";
import { listFiles } from "./list-files.js";
import { cancelled, outcomeUnwanted } from "./outcomes.js";
import { Recorder, summarise } from "./recorder.js";
import { type RunSurroundings, runItem, showAgain } from "./run-item.js";
import type { RunOptions } from "./run-options.js";
import { RunProgress } from "./run-progress.js";
import type { NodeValues, RunReport } from "./run-report.js";
import { Scheduler } from "./scheduler.js";
import { shippedFile } from "./shipped-file.js";
import { StepCache } from "./step-cache.js";
import type { StepState } from "./step-item.js";

/** A run whose graph nodes are computed by `runGraphGroup`. See runWorkflow. */
export async function runWith(
  options: RunOptions,
  runGraphGroup: RunGraphGroup,
): Promise<RunReport> {
  const kept = new Set(options.values ?? []);
  const plan = planWorkflow(options.document, options.registry, {
    targets: options.targets,
    also: options.values,
  });
  const log = new EventLog(options.onEvent);
  const recorder = new Recorder(log);
  const graph = new ItemGraph(plan);
  const progress = new RunProgress(graph.states, log, options.previous);
  const signal = options.signal ?? new AbortController().signal;
  const before = options.device.statistics();
  log.add({ type: "run-started", nodes: nodeIds(plan), device: options.device.id });
  for (const { node, because } of plan.omitted) recorder.omitted(node, because);

  const leases = leasesOf(options);
  const cache = new StepCache(options.cache, leases);
  const around: RunSurroundings = {
    options,
    signal,
    runGraphGroup,
    log,
    recorder,
    progress,
    workflowJson: once(() => JSON.stringify(options.embedded ?? options.document)),
  };
  const scheduler = new Scheduler({
    graph,
    signal,
    leases,
    concurrency: options.concurrency ?? Math.max(availableParallelism(), 2),
    isKept: (state) => state.step.nodes.some((node) => kept.has(node.id)),
    keys: (item) => itemKeys(item, options.folders),
    find: (item) => cache.find(item),
    run: async (item) => {
      if (cache.catchingUp !== undefined) await cache.catchingUp;
      const result = await runItem(item, around);
      cache.keep(item, result.outputs, result.milliseconds, result.written);
      return result;
    },
    files: (state) => filesOf(state, options),
    spawned: (item) => progress.spawned(item),
    started: (item) => recorder.started(item),
    ended: (item, outcome) => {
      recorder.ended(item, outcome);
      if (outcome.status === "cached") showAgain(item, around);
      progress.ended(item);
    },
    filesFailed: (state, error) => recorder.filesFailed(state, error),
  });
  await scheduler.run(plan.targets.flatMap((target) => graph.stateOf(target) ?? []));
  const wasCancelled = closeRemaining(graph, recorder, signal.aborted);
  await cache.settled();
  releaseRest(graph.states, kept, leases);
  const typeOf = (node: string) => options.document.nodes[node]?.type ?? "";
  const nodes = { ...recorder.nodeReports(plan), ...recorder.omittedReports(plan, typeOf) };
  const summary = summarise(Object.values(nodes), wasCancelled, log.elapsed);
  log.add({ type: "run-finished", summary });
  const error = errorOf(recorder, wasCancelled);
  return {
    status: summary.status,
    summary,
    milliseconds: summary.milliseconds,
    nodes,
    ...(error === undefined ? {} : { error }),
    device: {
      id: options.device.id,
      description: options.device.description,
      statistics: difference(options.device.statistics(), before),
    },
    values: Object.fromEntries([...kept].map((node) => [node, valuesOf(node, graph)])),
  };
}

/** Ends what never ended: the run was cancelled, or nobody wanted it. True if it was cancelled. */
function closeRemaining(graph: ItemGraph, recorder: Recorder, aborted: boolean): boolean {
  let cut = false;
  for (const state of graph.states) {
    const items = [...state.items.values()];
    const open = items.filter((item) => item.outcome === undefined);
    for (const item of open) recorder.ended(item, aborted ? cancelled : outcomeUnwanted(item));
    if (items.length === 0) {
      recorder.neverBegan(state, aborted ? cancelled.because : graph.reasonForNone(state));
    }
    cut ||= open.length > 0 || items.length === 0;
    cut ||= items.some((item) => item.outcome === cancelled);
  }
  return cut && aborted;
}

async function filesOf(state: StepState, { folders }: RunOptions): Promise<readonly string[]> {
  const { definition, params } = state.node;
  const name = manyFilesParameter(definition) ?? "";
  const parameter = definition.params[name];
  if (parameter?.kind !== "file") return [];
  const value = String(params[name]);
  if (shippedFile(parameter, value) !== undefined) return [value];
  try {
    return await listFiles(value, parameter.content, (path) => readablePath(folders, path));
  } catch (thrown) {
    throw toDiopterError(thrown, "file/unreadable").at(state.node.id, name);
  }
}

function valuesOf(node: string, graph: ItemGraph): readonly NodeValues[] {
  const items = [...(graph.stateOf(node)?.items.values() ?? [])];
  return items.flatMap((item) => {
    const outputs = item.outputs?.get(node);
    return outputs === undefined ? [] : [{ item: item.index, outputs }];
  });
}

function errorOf(recorder: Recorder, wasCancelled: boolean): ErrorDescription | undefined {
  if (!wasCancelled) return recorder.firstError?.toJSON();
  return new DiopterError("run/cancelled", {
    message: "The run was cancelled.",
    remedy: "Run it again: what was finished is not computed anew.",
  }).toJSON();
}

function difference(after: DeviceStatistics, before: DeviceStatistics): DeviceStatistics {
  return {
    ...after,
    sessionsBuilt: after.sessionsBuilt - before.sessionsBuilt,
    runs: after.runs - before.runs,
    runMilliseconds: after.runMilliseconds - before.runMilliseconds,
  };
}

function nodeIds(plan: Plan): readonly string[] {
  return plan.steps.flatMap((step) => step.nodes.map((node) => node.id));
}

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
