import type { NodeRegistry } from "@diopter/engine";
import { type Prompt, promptNodes, type SourceNode } from "../comfyui-workflows/index.js";
import { type CheckedNode, type CheckedPrompt, checkNode } from "./check-node.js";
import { classInfo } from "./class-info.js";
import { type NodeErrors, type PromptRefusal, promptError, refusal } from "./prompt-errors.js";
import { PromptGraph } from "./prompt-graph.js";

/** What a prompt was found to be. */
export type ValidatedPrompt =
  | { readonly valid: false; readonly refusal: PromptRefusal }
  | {
      readonly valid: true;
      /** The output nodes that can run. */
      readonly outputs: readonly string[];
      /** What they need, with literal values converted. */
      readonly prompt: Prompt;
      /** Of the output nodes that cannot. */
      readonly nodeErrors: Readonly<Record<string, NodeErrors>>;
    };

export interface ValidationOptions {
  readonly registry: NodeRegistry;
  readonly hasPicture: (name: string) => boolean;
  /** Only these output nodes are wanted. */
  readonly targets?: readonly string[] | undefined;
}

/**
 * Validates a prompt as ComfyUI does: it is taken if one of its outputs can run. Without recursion,
 * in time proportional to the prompt.
 */
export function validatePrompt(prompt: Prompt, options: ValidationOptions): ValidatedPrompt {
  const nodes = new Map(promptNodes(prompt).map((node) => [node.id, node]));
  const unknown = findUnknown(nodes, options.registry);
  if (unknown !== undefined) return { valid: false, refusal: refusal(missingType(unknown)) };
  const outputs = [...nodes.values()]
    .filter(({ className }) => classInfo(className, options.registry)?.isOutput === true)
    .map(({ id }) => id)
    .filter((id) => options.targets === undefined || options.targets.includes(id));
  if (outputs.length === 0) {
    const error = promptError("prompt_no_outputs", "Prompt has no outputs");
    return { valid: false, refusal: refusal(error) };
  }
  return judge(prompt, outputs, nodes, options);
}

function judge(
  prompt: Prompt,
  outputs: readonly string[],
  nodes: ReadonlyMap<string, SourceNode>,
  { registry, hasPicture }: ValidationOptions,
): ValidatedPrompt {
  const graph = new PromptGraph(nodes);
  const surroundings: CheckedPrompt = { nodes, registry, hasPicture };
  const needed = graph.neededBy(outputs);
  const checked = checkAll(needed, surroundings, graph.inCircles(needed));
  const failing = [...checked].filter(([, { errors }]) => errors.length > 0).map(([id]) => id);
  const spoilt = graph.dependents(failing);
  const good = outputs.filter((id) => !spoilt.has(id));
  const nodeErrors: Record<string, NodeErrors> = {};
  for (const id of failing) {
    nodeErrors[id] = {
      errors: checked.get(id)?.errors ?? [],
      dependent_outputs: graph.outputsBehind(id, outputs),
      class_type: nodes.get(id)?.className ?? "",
    };
  }
  if (good.length === 0) {
    const details = Object.entries(nodeErrors)
      .flatMap(([id, { class_type: name, errors }]) => [
        `* ${name} ${id}:`,
        ...errors.map(({ message, details: more }) => `  - ${message}: ${more}`),
      ])
      .join("\n");
    const message = "Prompt outputs failed validation";
    const error = promptError("prompt_outputs_failed_validation", message, details);
    return { valid: false, refusal: { error, node_errors: nodeErrors } };
  }
  const kept = graph.neededBy(good);
  const entries = Object.entries(prompt).filter(([id]) => kept.has(id));
  const converted = entries.map(([id, node]) => {
    const values = checked.get(id)?.values ?? {};
    return [id, { ...node, inputs: { ...node.inputs, ...values } }] as const;
  });
  return { valid: true, outputs: good, prompt: Object.fromEntries(converted), nodeErrors };
}

function checkAll(
  needed: ReadonlySet<string>,
  prompt: CheckedPrompt,
  circles: ReadonlySet<string>,
): ReadonlyMap<string, CheckedNode> {
  const checked = new Map<string, CheckedNode>();
  for (const id of needed) {
    const node = prompt.nodes.get(id);
    const info = node === undefined ? undefined : classInfo(node.className, prompt.registry);
    if (node === undefined || info === undefined) continue;
    const found = checkNode(node, info, prompt);
    if (circles.has(id)) {
      const error = promptError("dependency_cycle", "Dependency cycle detected", `Node ${id}`);
      found.errors.push(error);
    }
    checked.set(id, found);
  }
  return checked;
}

function findUnknown(nodes: ReadonlyMap<string, SourceNode>, registry: NodeRegistry) {
  return [...nodes.values()].find(({ className }) => classInfo(className, registry) === undefined);
}

function missingType({ id, className, title }: SourceNode) {
  const name = title ?? className;
  const message = `Node '${name}' not found. The custom node may not be installed.`;
  const extra = { node_id: id, class_type: className, node_title: name };
  return promptError("missing_node_type", message, `Node ID '#${id}'`, extra);
}
