import { basename, extname, join, relative, resolve } from "node:path";
import { type Device, describeError, errorCodes } from "@diopter/engine";
import {
  choosePictures,
  type Evaluation,
  type EvaluationProgress,
  evaluate,
  openPlan,
  writeReport,
} from "@diopter/laboratory";
import { loadConfiguration } from "../configuration.js";
import { someFailed, usageError } from "../failure.js";
import { evaluationReporter } from "../progress/evaluation-reporter.js";
import { loadRegistry } from "../registry.js";
import { openCache } from "../run/open-cache.js";
import { openDevice } from "../run/open-device.js";
import type { Terminal } from "../terminal.js";
import { version } from "../version.js";

/** The options of `diopter eval`, as read from the command line. */
export interface EvalCommandOptions {
  readonly limit?: string;
  readonly output?: string;
  readonly pictures?: string;
  readonly device?: Device["id"] | "auto";
  readonly resume: boolean;
  readonly cache: boolean;
  readonly quiet: boolean;
}

/**
 * Measures what a plan asks for and writes results and report into a folder.
 * @returns the exit code.
 * @throws DiopterError when the plan, its workflows or its pictures cannot be used.
 */
export async function evalCommand(
  path: string,
  options: EvalCommandOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const { directory } = terminal;
  const configuration = await loadConfiguration(terminal);
  const registry = await loadRegistry(configuration, terminal);
  const opened = await openPlan(path, directory);
  const { pictures, notes } = await choosePictures(opened, {
    folder: options.pictures === undefined ? undefined : resolve(directory, options.pictures),
    limit: readLimit(options.limit),
  });
  for (const note of notes) terminal.err(`${note}\n`);
  const name = basename(path, extname(path));
  const output = resolve(directory, options.output ?? join("output", "eval", name));
  const device = await openDevice(configuration, options.device);
  const { cache, leases } = await openCache(configuration, options.cache);
  const reporter = evaluationReporter(terminal, options.quiet);
  try {
    const evaluation = await evaluate({
      opened,
      pictures,
      registry,
      device,
      cache,
      leases,
      readable: [directory, ...configuration.readable],
      output,
      resume: options.resume,
      signal,
      onProgress: (progress: EvaluationProgress) => reporter.progress(progress),
    });
    reporter.clear();
    await cache.settled();
    const { plan } = opened;
    const description = device.description;
    const content = { plan, evaluation, output, device: description, version, notes };
    const written = await writeReport(content);
    for (const file of [written.html, written.csv, written.json]) {
      terminal.out(`${relative(directory, file)}\n`);
    }
    return conclude(evaluation, terminal);
  } finally {
    await device.dispose();
  }
}

function conclude(evaluation: Evaluation, terminal: Terminal): number {
  const { items, failures, resumed, cancelled } = evaluation;
  for (const { picture, row, error } of failures) {
    terminal.err(`diopter: ${picture}, ${row}: ${describeError(error)}\n`);
  }
  terminal.err(
    `${items.length - resumed} measured, ${resumed} were measured before, ` +
      `${failures.length} failed\n`,
  );
  if (cancelled) {
    terminal.err("diopter: Cancelled; started again, it goes on from here. [run/cancelled]\n");
    return errorCodes["run/cancelled"];
  }
  return failures.length === 0 ? 0 : someFailed;
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const limit = Number(text);
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw usageError(`--limit ${text} is no number of pictures.`, "Give a whole number from 1.");
}
