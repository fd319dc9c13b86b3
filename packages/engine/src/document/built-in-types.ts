import type { Ports } from "../nodes/ports.js";
import { type SocketType, socketTypes } from "../sockets/socket-types.js";
import type { WorkflowNode } from "./types.js";

/** A saved workflow used as a node; its parameter `path` names the file. */
export const callType = "workflow/call";

/** An input of a workflow that others call: parameters `name`, `socket` and `optional`. */
export const inputType = "workflow/input";

/** An output of a workflow that others call: parameters `name` and `socket`, input `value`. */
export const outputType = "workflow/output";

/** The port of `workflow/input` and `workflow/output`. */
export const valuePort = "value";

/**
 * Types whose ports depend on a document instead of a definition. `expandCalls` replaces them, so
 * that planner and executor never meet them.
 */
export function isBuiltInType(type: string): boolean {
  return type === callType || type === inputType || type === outputType;
}

/**
 * The ports of a `workflow/input` or `workflow/output`, whose type is a parameter. Undefined for
 * calls, whose ports stand in another file, and for a type of socket that is not known.
 */
export function builtInPorts(
  node: Pick<WorkflowNode, "type" | "params">,
  side: "inputs" | "outputs" = "outputs",
): Ports | undefined {
  if (node.type === callType || !isBuiltInType(node.type)) return undefined;
  const hasPort = node.type === (side === "outputs" ? inputType : outputType);
  if (!hasPort) return {};
  const socket = node.params?.socket;
  return isSocketType(socket) ? { [valuePort]: { socket } } : undefined;
}

/** Whether a text names a type of socket. */
export function isSocketType(name: unknown): name is SocketType {
  return typeof name === "string" && Object.hasOwn(socketTypes, name);
}
