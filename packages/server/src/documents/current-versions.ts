import type { NodeRegistry } from "@diopter/engine";
import {
  type EditCommand,
  readCommand,
  readWorkflow,
  type WorkflowNode,
} from "@diopter/engine/editing";

/**
 * The command with nodes that an older Diopter wrote brought to the current versions: only the
 * server knows how, and the editors apply what it tells them.
 * @throws DiopterError where a node cannot be migrated.
 */
export function bringUpToDate(command: EditCommand, registry: NodeRegistry): EditCommand {
  if (command.kind === "replace-document" && isOld(command.content.nodes, registry)) {
    return readCommand({ ...command, content: readWorkflow(command.content, registry) });
  }
  if (command.kind === "add-nodes" && isOld(command.nodes, registry)) {
    const { nodes } = readWorkflow({ diopter: 1, name: "", nodes: command.nodes }, registry);
    return readCommand({ ...command, nodes });
  }
  return command;
}

function isOld(nodes: Readonly<Record<string, WorkflowNode>>, registry: NodeRegistry): boolean {
  return Object.values(nodes).some(({ type, version }) => {
    const definition = Object.hasOwn(registry, type) ? registry[type] : undefined;
    return definition !== undefined && version < definition.version;
  });
}
