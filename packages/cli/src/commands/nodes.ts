import {
  describeNode,
  type NodeDescriptor,
  type Parameter,
  type Port,
  suggestName,
} from "@diopter/engine";
import { loadConfiguration } from "../configuration.js";
import { usageError } from "../failure.js";
import { loadRegistry } from "../registry.js";
import type { Terminal } from "../terminal.js";

/** Lists the nodes that workflows may use, or explains one of them. */
export async function nodesCommand(
  type: string | undefined,
  options: { readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const configuration = await loadConfiguration(terminal);
  const registry = await loadRegistry(configuration, terminal);
  const all = Object.values(registry).map(describeNode);
  const chosen = type === undefined ? all : all.filter((node) => node.type === type);
  if (chosen.length === 0 && type !== undefined) {
    const types = all.map((node) => node.type);
    throw usageError(
      `There is no node "${type}".`,
      suggestName(type, types, "See diopter nodes for all of them."),
    );
  }
  const [only] = chosen;
  if (options.json) terminal.out(`${JSON.stringify(chosen, null, 2)}\n`);
  else if (type !== undefined && only !== undefined) terminal.out(explain(only));
  else terminal.out(list(chosen));
  return 0;
}

function list(nodes: readonly NodeDescriptor[]): string {
  const width = Math.max(...nodes.map((node) => node.type.length));
  const sorted = [...nodes].sort((a, b) => (a.type < b.type ? -1 : 1));
  return sorted.map((node) => `${node.type.padEnd(width)}  ${node.help}\n`).join("");
}

function explain(node: NodeDescriptor): string {
  const lines = [
    `${node.type}  ${node.title} (version ${node.version})`,
    `  ${node.help}`,
    ...(node.source === undefined ? [] : [`  Source: ${node.source}`]),
    ...(node.package === undefined ? [] : [`  Package: ${node.package}`]),
    ...section("Inputs", Object.entries(node.inputs).map(describePort)),
    ...section("Parameters", Object.entries(node.params).map(describeParameter)),
    ...section("Outputs", Object.entries(node.outputs).map(describePort)),
  ];
  return `${lines.join("\n")}\n`;
}

function section(title: string, rows: readonly string[]): readonly string[] {
  return rows.length === 0 ? [] : ["", `${title}:`, ...rows.map((row) => `  ${row}`)];
}

function describePort([name, port]: [string, Port]): string {
  const marks = [
    port.socket,
    port.list === true ? "list" : "",
    port.optional === true ? "optional" : "",
    port.lazy === true ? "lazy" : "",
  ];
  return `${name}  ${marks.filter(Boolean).join(", ")}  ${port.help ?? ""}`.trimEnd();
}

function describeParameter([name, parameter]: [string, Parameter]): string {
  return `${name}  ${range(parameter)} [${parameter.default}]  ${parameter.help ?? ""}`.trimEnd();
}

function range(parameter: Parameter): string {
  switch (parameter.kind) {
    case "choice":
      return parameter.options.join(" | ");
    case "number":
    case "integer": {
      const { kind, min, max, unit } = parameter;
      const bounds = min === undefined && max === undefined ? "" : ` ${min ?? ""}..${max ?? ""}`;
      return `${kind}${bounds}${unit === undefined ? "" : ` ${unit}`}`;
    }
    default:
      return parameter.kind;
  }
}
