import type { NodeOutputs } from "../cache/index.js";
import type { RunContext } from "../nodes/index.js";
import type { NodeState } from "../states/index.js";
import { readablePath, writablePath } from "./contained-path.js";
import { type EventLog, itemOf } from "./event-log.js";
import type { RunGraphGroup } from "./group-types.js";
import type { Recorder } from "./recorder.js";
import { runGroup } from "./run-group.js";
import { runNode } from "./run-node.js";
import type { RunOptions } from "./run-options.js";
import type { RunProgress } from "./run-progress.js";
import { hasSideEffect } from "./step-cache.js";
import type { StepItem } from "./step-item.js";
import { describeWritten } from "./written-files.js";

/** What runs of items share. */
export interface RunSurroundings {
  readonly options: RunOptions;
  readonly signal: AbortSignal;
  readonly runGraphGroup: RunGraphGroup;
  readonly log: EventLog;
  readonly recorder: Recorder;
  readonly progress: RunProgress;
  /** The workflow as JSON; written at the first call. */
  readonly workflowJson: () => string;
}

/** What an item's run has given. */
export interface ItemResult {
  readonly outputs: ReadonlyMap<string, NodeOutputs>;
  readonly milliseconds: number;
  /** See describeWritten. */
  readonly written: string | undefined;
}

/** Runs an item, whose inputs are all there. Rejects with whatever its node throws. */
export async function runItem(item: StepItem, around: RunSurroundings): Promise<ItemResult> {
  const { node } = item.state;
  const started = performance.now();
  const { definition } = node;
  if (definition.run === undefined) {
    const { options, runGraphGroup, signal } = around;
    const outputs = await runGroup(item, runGraphGroup, options.device, signal);
    return { outputs, milliseconds: performance.now() - started, written: undefined };
  }
  const destinations: string[] = [];
  const outputs = await runNode(item, definition, contextFor(item, around, destinations));
  const milliseconds = performance.now() - started;
  const written = hasSideEffect(node) ? await describeWritten(destinations) : undefined;
  return { outputs: new Map([[node.id, outputs]]), milliseconds, written };
}

function contextFor(item: StepItem, around: RunSurroundings, destinations: string[]): RunContext {
  const { options, log, recorder, progress } = around;
  const node = item.state.node.id;
  const key = item.keys?.get(node);
  const place = itemOf(item.index);
  const remaining = timeLeft();
  const isDue = everySoOften();
  return {
    node,
    signal: around.signal,
    device: options.device,
    watched: options.onPreview !== undefined,
    state: stateOf(item, options),
    progress(done, total, label, within) {
      const share = within === undefined || within.total === 0 ? 0 : within.done / within.total;
      const left = remaining(done + share, total);
      const fraction = total > 0 ? (done + share) / total : 0;
      progress.advanced(item, fraction, left);
      if (within !== undefined && !isDue()) return;
      log.add({
        type: "node-progressed",
        node,
        ...place,
        done,
        total,
        ...(label === undefined ? {} : { label }),
        ...(within === undefined ? {} : { within }),
        ...(left === undefined ? {} : { remaining: left }),
      });
    },
    preview(preview) {
      if (key !== undefined) options.previews?.keep(key, preview);
      options.onPreview?.({ node, ...place, preview });
      log.add({ type: "preview-ready", node, ...place, kind: preview.kind });
    },
    note: (message) => recorder.noted(node, message),
    resolve: (path) => readablePath(options.folders, path),
    resolveOutput(path) {
      const absolute = writablePath(options.folders, path);
      destinations.push(absolute);
      return absolute;
    },
    get workflowJson() {
      return around.workflowJson();
    },
  };
}

/** Shows what the nodes of a cached item showed when they ran, where that is remembered. */
export function showAgain(item: StepItem, { options, log }: RunSurroundings): void {
  const { onPreview, previews } = options;
  if (onPreview === undefined || previews === undefined) return;
  const place = itemOf(item.index);
  for (const { id: node } of item.state.step.nodes) {
    for (const preview of previews.of(item.keys?.get(node) ?? "")) {
      onPreview({ node, ...place, preview });
      log.add({ type: "preview-ready", node, ...place, kind: preview.kind });
    }
  }
}

/** Equal work on another device may differ in its last bits. */
function stateOf(item: StepItem, { states, device }: RunOptions): NodeState | undefined {
  const key = item.keys?.get(item.state.node.id);
  return key === undefined ? undefined : states?.of(`${key} ${device.id}`);
}

/** Milliseconds left at the recent time per unit, an average in which the last unit counts 0.3. */
function timeLeft() {
  let last = { done: 0, at: performance.now() };
  let perUnit: number | undefined;
  return (done: number, total: number): number | undefined => {
    const now = performance.now();
    if (done > last.done) {
      const measured = (now - last.at) / (done - last.done);
      perUnit = perUnit === undefined ? measured : 0.7 * perUnit + 0.3 * measured;
      last = { done, at: now };
    }
    return perUnit === undefined ? undefined : Math.round(perUnit * Math.max(total - done, 0));
  };
}

/** Parts of a unit can be small and many: they are told at most this often, in milliseconds. */
const leastInterval = 100;

function everySoOften(): () => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - last < leastInterval) return false;
    last = now;
    return true;
  };
}
