import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { DiopterError, serializeWorkflow } from "@diopter/engine";
import { loadConfiguration } from "../configuration.js";
import { usageError } from "../failure.js";
import { loadRegistry } from "../registry.js";
import { shippedWorkflow, shippedWorkflowNames } from "../shipped-workflows.js";
import type { Terminal } from "../terminal.js";
import { openWorkflow } from "../workflow-file.js";

/** Writes a copy of a workflow that ships, to be changed by hand. Never replaces a file. */
export async function newCommand(
  path: string,
  options: { readonly from: string },
  terminal: Terminal,
): Promise<number> {
  const configuration = await loadConfiguration(terminal);
  const registry = await loadRegistry(configuration, terminal);
  const names = await shippedWorkflowNames();
  if (!names.includes(options.from)) {
    throw usageError(
      `No workflow called "${options.from}" ships.`,
      `There are: ${names.join(", ")}.`,
    );
  }
  const { document } = await openWorkflow(shippedWorkflow(options.from), "/", registry);
  await writeNew(resolve(terminal.directory, path), serializeWorkflow(document));
  terminal.out(`${path}\n`);
  terminal.err(`Run it with: diopter run ${path} --help\n`);
  return 0;
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: "wx" });
  } catch (cause) {
    const exists = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    throw new DiopterError(exists ? "output/exists" : "output/unwritable", {
      message: exists ? `"${path}" exists already.` : `"${path}" cannot be written.`,
      remedy: exists ? "Choose another name." : "Choose a folder that you may write to.",
      cause,
    });
  }
}
