import type { DiopterError } from "../errors/index.js";
import type { RunSummary } from "../events/index.js";
import type { Plan, PlannedNode } from "../plan/index.js";
import { type EventLog, itemOf } from "./event-log.js";
import type { NodeReport } from "./run-report.js";
import type { Outcome, StepItem, StepState } from "./step-item.js";

interface NodeRecord {
  executed: number;
  cached: number;
  failed: number;
  skipped: number;
  milliseconds: number;
  from: "memory" | "disk" | undefined;
  because: string | undefined;
  readonly notes: Set<string>;
  readonly errors: { readonly error: DiopterError; readonly item: readonly number[] }[];
}

/** Tells what happens to nodes, as events while it happens and as a report in the end. */
export class Recorder {
  readonly #log: EventLog;
  readonly #records = new Map<string, NodeRecord>();
  #firstError: DiopterError | undefined;

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** The first error of the run. */
  get firstError(): DiopterError | undefined {
    return this.#firstError;
  }

  started(item: StepItem): void {
    for (const { id } of item.state.step.nodes) {
      this.#log.add({ type: "node-started", node: id, ...itemOf(item.index) });
    }
  }

  noted(node: string, message: string): void {
    this.#record(node).notes.add(message);
    this.#log.add({ type: "node-noted", node, message });
  }

  ended(item: StepItem, outcome: Outcome): void {
    for (const node of item.state.step.nodes) {
      this.#nodeEnded(node, item, outcomeOfNode(node, item.state, outcome));
    }
  }

  /** A step of which no item came to be. */
  neverBegan(state: StepState, because: string): void {
    if (this.#record(state.node.id).failed > 0) return;
    for (const { id } of state.step.nodes) this.omitted(id, because);
  }

  /** The files that a step runs over could not be found: it failed before any item came to be. */
  filesFailed(state: StepState, error: DiopterError): void {
    const record = this.#record(state.node.id);
    record.failed += 1;
    this.#fail(state.node.id, error, []);
  }

  omitted(node: string, because: string): void {
    const record = this.#record(node);
    if (record.because === undefined) this.#log.add({ type: "node-skipped", node, because });
    record.because ??= because;
  }

  nodeReports(plan: Plan): Record<string, NodeReport> {
    const reports: Record<string, NodeReport> = {};
    for (const { nodes } of plan.steps) {
      const fused = nodes.length > 1 ? { fused: nodes.map((node) => node.id) } : {};
      for (const node of nodes) {
        reports[node.id] = { ...nodeReport(node, this.#record(node.id)), ...fused };
      }
    }
    return reports;
  }

  /** Reports of nodes that were left out of the plan. */
  omittedReports(plan: Plan, typeOf: (node: string) => string): Record<string, NodeReport> {
    return Object.fromEntries(
      plan.omitted.map(({ node, because }) => [
        node,
        { type: typeOf(node), status: "skipped", milliseconds: 0, notes: [], because },
      ]),
    );
  }

  #nodeEnded(node: PlannedNode, item: StepItem, outcome: Outcome): void {
    const record = this.#record(node.id);
    const place = itemOf(item.index);
    if (outcome.status === "skipped") {
      record.skipped += 1;
      this.omitted(node.id, outcome.because);
      return;
    }
    record[outcome.status] += 1;
    if (outcome.status === "executed") {
      const milliseconds = outcome.milliseconds;
      record.milliseconds += milliseconds;
      this.#log.add({ type: "node-finished", node: node.id, ...place, milliseconds });
      return;
    }
    if (outcome.status === "cached") {
      record.from = record.from === "disk" ? "disk" : outcome.from;
      this.#log.add({ type: "node-cached", node: node.id, ...place, from: outcome.from });
      return;
    }
    this.#fail(node.id, outcome.error, item.index);
  }

  #fail(node: string, error: DiopterError, index: readonly number[]): void {
    this.#record(node).errors.push({ error, item: index });
    this.#firstError ??= error;
    this.#log.add({ type: "node-failed", node, ...itemOf(index), error: error.toJSON() });
  }

  #record(node: string): NodeRecord {
    const known = this.#records.get(node);
    if (known !== undefined) return known;
    const record: NodeRecord = {
      executed: 0,
      cached: 0,
      failed: 0,
      skipped: 0,
      milliseconds: 0,
      from: undefined,
      because: undefined,
      notes: new Set(),
      errors: [],
    };
    this.#records.set(node, record);
    return record;
  }
}

/** Counts nodes by status. */
export function summarise(
  reports: readonly NodeReport[],
  cancelled: boolean,
  milliseconds: number,
): RunSummary {
  const counts = { executed: 0, cached: 0, failed: 0, skipped: 0 };
  for (const { status } of reports) counts[status] += 1;
  const ended = counts.failed > 0 ? "failed" : "succeeded";
  return { status: cancelled ? "cancelled" : ended, ...counts, milliseconds };
}

/** Nodes of one session share its time; where one of them is to blame, the others did not fail. */
function outcomeOfNode(node: PlannedNode, state: StepState, outcome: Outcome): Outcome {
  const { nodes } = state.step;
  if (outcome.status === "executed") {
    return { ...outcome, milliseconds: outcome.milliseconds / nodes.length };
  }
  if (outcome.status !== "failed") return outcome;
  const { error } = outcome;
  const blamed = error.node !== undefined && nodes.some((one) => one.id === error.node);
  if (!blamed) return { status: "failed", error: error.at(node.id) };
  if (error.node === node.id) return outcome;
  return { status: "skipped", because: `It shares a session with "${error.node}", which failed.` };
}

function nodeReport(node: PlannedNode, record: NodeRecord): NodeReport {
  const { executed, cached, failed, skipped, from, because } = record;
  const status = statusOf(record);
  const [first] = record.errors;
  const errors = record.errors.map(({ error, item }) => ({ ...error.toJSON(), item }));
  return {
    type: node.definition.type,
    status,
    ...(status === "cached" && from !== undefined ? { from } : {}),
    milliseconds: record.milliseconds,
    notes: [...record.notes],
    ...(first === undefined ? {} : { error: { ...first.error.toJSON(), ...itemOf(first.item) } }),
    ...(because === undefined ? {} : { because }),
    ...(node.axes.length === 0 ? {} : { items: { executed, cached, failed, skipped, errors } }),
  };
}

function statusOf(record: NodeRecord): NodeReport["status"] {
  if (record.failed > 0) return "failed";
  if (record.executed > 0) return "executed";
  return record.cached > 0 ? "cached" : "skipped";
}
