import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Device, DiopterError } from "@diopter/engine";
import { version } from "../version.js";
import type { OpenedWorkflow } from "../workflow-file.js";
import type { ItemOutcome } from "./run-batch.js";

/** What a report is about. */
export interface ReportContent {
  readonly opened: OpenedWorkflow;
  readonly device: Device;
  readonly outcomes: readonly ItemOutcome[];
}

/**
 * Writes all that is known of the runs as JSON: for each item its outcome, results, and what each
 * node did, how long it took and whether it was cached.
 * @throws DiopterError `output/unwritable`.
 */
export async function writeReport(
  path: string,
  directory: string,
  { opened, device, outcomes }: ReportContent,
): Promise<void> {
  const absolute = resolve(directory, path);
  const unfinished = `${absolute}.${process.pid}.part`;
  const content = {
    diopter: version,
    workflow: opened.path,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    device: { id: device.id, description: device.description, statistics: device.statistics() },
    items: outcomes,
  };
  try {
    await mkdir(dirname(absolute), { recursive: true });
    await writeFile(unfinished, `${JSON.stringify(content, null, 2)}\n`);
    await rename(unfinished, absolute);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw new DiopterError("output/unwritable", {
      message: `The report cannot be written to "${path}".`,
      remedy: "Name a file in a folder that you may write to.",
      port: "--report",
      cause,
    });
  }
}
