import {
  checkWorkflow,
  type DiopterError,
  expandCalls,
  type NodeRegistry,
  toDiopterError,
  type WorkflowDocument,
} from "@diopter/engine";
import { loadConfiguration } from "../configuration.js";
import { loadRegistry } from "../registry.js";
import type { Terminal } from "../terminal.js";
import { readWorkflowFile, workflowLoader } from "../workflow-file.js";

/**
 * Checks workflows without running them, and prints every problem of each.
 * @returns 0 when all can run, else the exit code of the first problem.
 */
export async function checkCommand(
  paths: readonly string[],
  options: { readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const configuration = await loadConfiguration(terminal);
  const registry = await loadRegistry(configuration, terminal);
  const problems: { readonly path: string; readonly error: DiopterError }[] = [];
  for (const path of paths) {
    try {
      const found = await checkFile(path, registry, terminal);
      problems.push(...found.map((error) => ({ path, error })));
    } catch (thrown) {
      problems.push({ path, error: toDiopterError(thrown) });
    }
  }
  if (options.json) {
    terminal.out(`${JSON.stringify(problems, null, 2)}\n`);
  } else {
    for (const { path, error } of problems) terminal.err(`${path}: ${error.sentence}\n`);
    if (problems.length === 0) terminal.out("Nothing is wrong.\n");
  }
  return problems[0]?.error.exitCode ?? 0;
}

async function checkFile(
  path: string,
  registry: NodeRegistry,
  terminal: Terminal,
): Promise<readonly DiopterError[]> {
  const opened = await readWorkflowFile(path, terminal.directory, registry);
  const { document, folder, notes, problems } = opened;
  for (const note of notes) terminal.err(`${path}: ${note}\n`);
  if (problems.length > 0) return problems;
  const own = checkWorkflow(document, registry);
  return own.length > 0 ? own : checkCalled(document, folder, registry);
}

/** What is wrong once the workflows that this one uses as nodes are laid out in it. */
async function checkCalled(
  document: WorkflowDocument,
  folder: string,
  registry: NodeRegistry,
): Promise<readonly DiopterError[]> {
  const expanded = await expandCalls(document, workflowLoader(folder, registry));
  return expanded === document ? [] : checkWorkflow(expanded, registry);
}
