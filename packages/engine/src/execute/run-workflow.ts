import { runGraphGroup } from "./graph-group.js";
import type { RunOptions } from "./run-options.js";
import type { RunReport } from "./run-report.js";
import { runWith } from "./run-with.js";

/**
 * Runs a workflow. Never rejects for what happens inside nodes, nor when it is cancelled: the
 * report says so. What is ready runs in parallel; what the cache knows does not run.
 * @throws DiopterError (by rejecting) when the workflow cannot be planned: see planWorkflow.
 */
export function runWorkflow(options: RunOptions): Promise<RunReport> {
  return runWith(options, runGraphGroup);
}
