import { relative } from "node:path";
import { type Device, describeError, errorCodes, interfaceOptions } from "@diopter/engine";
import { loadConfiguration } from "../configuration.js";
import { someFailed } from "../failure.js";
import { chooseReporter } from "../progress/choose-reporter.js";
import { loadRegistry } from "../registry.js";
import { readInterfaceArguments } from "../run/interface-arguments.js";
import { listItems } from "../run/items.js";
import { openCache } from "../run/open-cache.js";
import { openDevice } from "../run/open-device.js";
import { type ItemOutcome, runBatch } from "../run/run-batch.js";
import { applyRequest } from "../run/settings.js";
import { writeReport } from "../run/write-report.js";
import type { Terminal } from "../terminal.js";
import { version } from "../version.js";
import { openWorkflow } from "../workflow-file.js";

/** The options of `diopter run`, as read from the command line. */
export interface RunCommandOptions {
  readonly set: readonly string[];
  readonly target?: readonly string[];
  readonly seed?: string;
  readonly device?: Device["id"] | "auto";
  readonly cache: boolean;
  readonly force: boolean;
  readonly report?: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * Runs a workflow, once or for each of many pictures.
 * @param words What follows the options that all workflows have: `--name value` pairs.
 * @returns The exit code.
 * @throws DiopterError when the workflow or the request cannot be understood.
 */
export async function runCommand(
  path: string,
  words: readonly string[],
  options: RunCommandOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const { directory } = terminal;
  const configuration = await loadConfiguration(terminal);
  const registry = await loadRegistry(configuration, terminal);
  const opened = await openWorkflow(path, directory, registry);
  if (!options.quiet) for (const note of opened.notes) terminal.err(`diopter: ${note}\n`);
  const published = interfaceOptions(opened.document, registry).map((option) => ({
    name: option.name,
    kind: option.parameter?.kind ?? typeof option.value,
  }));
  const named = readInterfaceArguments(words, published);
  const items = await listItems(opened.document, registry, named, directory);
  const reporter = chooseReporter(terminal, options);
  const device = await openDevice(configuration, options.device);
  const { cache, leases } = await openCache(configuration, options.cache);
  try {
    const around = {
      opened,
      registry,
      configuration,
      device,
      cache,
      leases,
      reporter,
      signal,
      directory,
    };
    const targets = options.target === undefined ? undefined : [...options.target];
    const outcomes = await runBatch(
      items,
      { ...around, targets },
      {
        version,
        force: options.force,
        reports: options.report !== undefined,
        settle: (item) =>
          applyRequest(opened.document, registry, {
            named: item.named,
            set: options.set,
            seed: options.seed,
            directory,
          }),
      },
    );
    reporter.clear();
    await cache.settled();
    if (options.report !== undefined) {
      await writeReport(options.report, directory, { opened, device, outcomes });
    }
    return conclude(outcomes, items.batch, options, terminal, signal);
  } finally {
    await device.dispose();
  }
}

function conclude(
  outcomes: readonly ItemOutcome[],
  batch: boolean,
  options: RunCommandOptions,
  terminal: Terminal,
  signal: AbortSignal,
): number {
  if (!options.json) listResults(outcomes, terminal);
  const failed = outcomes.filter((outcome) => outcome.status === "failed");
  for (const { name, error } of failed) {
    if (error === undefined) continue;
    terminal.err(`diopter: ${batch ? `${name}: ` : ""}${describeError(error)}\n`);
  }
  if (signal.aborted) {
    terminal.err("diopter: Cancelled; nothing half-written was left. [run/cancelled]\n");
    return errorCodes["run/cancelled"];
  }
  if (batch) summarise(outcomes, terminal);
  const [first] = failed;
  if (first === undefined) return 0;
  return batch ? someFailed : errorCodes[first.error?.code ?? "internal/defect"];
}

function listResults(outcomes: readonly ItemOutcome[], terminal: Terminal): void {
  for (const { status, results, readings } of outcomes) {
    if (status !== "done") continue;
    for (const result of results) terminal.out(`${relative(terminal.directory, result)}\n`);
    for (const [name, value] of Object.entries(readings ?? {})) {
      terminal.out(`${name}  ${typeof value === "number" ? Number(value.toFixed(4)) : value}\n`);
    }
  }
}

function summarise(outcomes: readonly ItemOutcome[], terminal: Terminal): void {
  const count = (status: ItemOutcome["status"]) =>
    outcomes.filter((outcome) => outcome.status === status).length;
  terminal.err(
    `${count("done")} done, ${count("skipped")} were done before, ${count("failed")} failed\n`,
  );
}
