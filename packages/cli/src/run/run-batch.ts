import { dirname } from "node:path";
import { type ErrorDescription, toDiopterError } from "@diopter/engine";
import type { RunItem, RunItems } from "./items.js";
import { BatchLedger } from "./ledger.js";
import { requestFingerprint } from "./request-fingerprint.js";
import { type FinishedRun, layOut, type RunSurroundings, runItem } from "./run-item.js";
import type { SettledWorkflow } from "./settings.js";

/** How one item of a command ended. */
export interface ItemOutcome {
  readonly name: string;
  readonly status: "done" | "skipped" | "failed" | "cancelled";
  readonly results: readonly string[];
  readonly readings?: FinishedRun["readings"];
  readonly error?: ErrorDescription;
  readonly report?: Omit<FinishedRun["report"], "values">;
}

/**
 * Settings for a batch: how each item is settled, whether finished ones are done again, and whether
 * outcomes hold reports, which take memory for as long as the batch lasts.
 */
export interface BatchOptions {
  readonly settle: (item: RunItem) => SettledWorkflow;
  readonly force: boolean;
  readonly reports: boolean;
  readonly version: string;
}

/**
 * Runs the items one after the other. In a batch what is done is skipped and a failure does not
 * keep the rest from being done; a cancel ends it.
 */
export async function runBatch(
  { items, batch }: RunItems,
  around: RunSurroundings,
  options: BatchOptions,
): Promise<readonly ItemOutcome[]> {
  const ledgers = new Map<string, BatchLedger>();
  const outcomes: ItemOutcome[] = [];
  for (const [index, item] of items.entries()) {
    if (around.signal.aborted) break;
    around.reporter.begin({ index, total: items.length, name: item.name });
    const ledger = batch ? await ledgerOf(item, ledgers) : undefined;
    outcomes.push(await runOne(item, ledger, around, options));
  }
  return outcomes;
}

async function runOne(
  item: RunItem,
  ledger: BatchLedger | undefined,
  around: RunSurroundings,
  options: BatchOptions,
): Promise<ItemOutcome> {
  const { name, result } = item;
  try {
    const settled = await layOut(options.settle(item), around);
    const request = ledger && (await requestFingerprint(settled.document, around, options.version));
    const recordable = ledger !== undefined && request !== undefined && result !== undefined;
    if (recordable && !options.force && (await ledger.isDone(result, request))) {
      return { name, status: "skipped", results: [result] };
    }
    const { report, results, readings } = await runItem(settled, around);
    const { values: _, ...plain } = report;
    if (recordable && report.status === "succeeded") await ledger.record(result, request);
    const status = { succeeded: "done", failed: "failed", cancelled: "cancelled" } as const;
    const error = report.error === undefined ? {} : { error: report.error };
    const reported = options.reports ? { report: plain } : {};
    return { name, status: status[report.status], results, readings, ...reported, ...error };
  } catch (thrown) {
    return { name, status: "failed", results: [], error: toDiopterError(thrown).toJSON() };
  }
}

async function ledgerOf(
  { result }: RunItem,
  ledgers: Map<string, BatchLedger>,
): Promise<BatchLedger | undefined> {
  if (result === undefined) return undefined;
  const folder = dirname(result);
  const known = ledgers.get(folder);
  if (known !== undefined) return known;
  const opened = await BatchLedger.open(folder);
  ledgers.set(folder, opened);
  return opened;
}
