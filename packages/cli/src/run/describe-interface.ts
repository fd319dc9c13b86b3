import { interfaceOptions } from "@diopter/engine";
import { loadConfiguration } from "../configuration.js";
import { loadRegistry } from "../registry.js";
import type { Terminal } from "../terminal.js";
import { openWorkflow } from "../workflow-file.js";

/** The public names of a workflow with meaning and preset, as part of its `--help`. */
export async function describeInterface(path: string, terminal: Terminal): Promise<string> {
  const registry = await loadRegistry(await loadConfiguration(terminal), terminal);
  const { document } = await openWorkflow(path, terminal.directory, registry);
  const rows = interfaceOptions(document, registry).map(
    ({ name, node, param, parameter, value }) => {
      const preset = value === undefined || value === "" ? "" : ` (default: ${value})`;
      return (
        `  --${name} <${parameter?.kind ?? "value"}>`.padEnd(24) +
        `${parameter?.help ?? parameter?.title ?? `${node}.${param}`}${preset}\n`
      );
    },
  );
  if (rows.length === 0) return `"${document.name}" has no public names.\n`;
  return `Options of "${document.name}":\n${rows.join("")}`;
}
