import { DiopterError, type NodeRegistry } from "@diopter/engine";
import { assemble, type DocumentParts, type ImportedWorkflow } from "./assemble.js";
import type { ComfyPlace } from "./comfy-class.js";
import { readLink, type SourceNode } from "./intermediate.js";
import { layOut } from "./lay-out.js";
import { type Prompt, promptSchema } from "./schemas.js";

/**
 * The document of a workflow in the form in which ComfyUI runs it.
 * @throws DiopterError `comfyui/invalid`.
 */
export function fromPrompt(
  data: unknown,
  registry: NodeRegistry,
  place: ComfyPlace,
): ImportedWorkflow {
  const prompt = readPrompt(data);
  const nodes = promptNodes(prompt);
  const positions = layOut(nodes);
  return assemble(nodes, registry, place, (names) => partsOf(prompt, names, positions));
}

/** @throws DiopterError `comfyui/invalid`. */
export function readPrompt(data: unknown): Prompt {
  const parsed = promptSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DiopterError("comfyui/invalid", {
    message: `The prompt is malformed at ${issue?.path.join(".") || "its top"}: ${issue?.message}.`,
    remedy: "Save the workflow in ComfyUI with Export (API) and give that.",
  });
}

/** The nodes of a prompt. */
export function promptNodes(prompt: Prompt): readonly SourceNode[] {
  return Object.entries(prompt).map(([id, node]) => ({
    id,
    className: node.class_type,
    title: node._meta?.title,
    mode: node._meta?.diopter?.mode,
    own: node._meta?.diopter,
    inputs: Object.fromEntries(
      Object.entries(node.inputs ?? {}).map(([name, value]) => [name, readLink(value)]),
    ),
  }));
}

function partsOf(
  prompt: Prompt,
  names: ReadonlyMap<string, string>,
  laidOut: ReadonlyMap<string, readonly [number, number]>,
): DocumentParts {
  const positions: Record<string, readonly [number, number]> = {};
  const options: Record<string, string> = {};
  const about = { name: "From ComfyUI" };
  for (const [id, { _meta: meta }] of Object.entries(prompt)) {
    const name = names.get(id);
    const own = meta?.diopter;
    if (name === undefined) continue;
    const position = own === undefined ? laidOut.get(id) : own.position;
    if (position !== undefined) positions[name] = position;
    for (const [option, param] of Object.entries(own?.interface ?? {})) {
      options[option] = `${name}.${param}`;
    }
    Object.assign(about, own?.workflow);
  }
  return {
    ...about,
    ...(Object.keys(options).length === 0 ? {} : { interface: options }),
    ...(Object.keys(positions).length === 0 ? {} : { view: { positions } }),
  };
}
