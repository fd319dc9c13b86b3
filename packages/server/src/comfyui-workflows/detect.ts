import { DiopterError, type NodeRegistry } from "@diopter/engine";
import type { ImportedWorkflow } from "./assemble.js";
import type { ComfyPlace } from "./comfy-class.js";
import { fromGraph } from "./from-graph.js";
import { fromPrompt } from "./from-prompt.js";

type Table = Readonly<Record<string, unknown>>;

/** Which form of ComfyUI's a piece of JSON has, by its shape; undefined where it has neither. */
export function comfyuiForm(data: unknown): "prompt" | "graph" | undefined {
  if (!isTable(data) || "diopter" in data) return undefined;
  if (Array.isArray(data.nodes)) return "graph";
  const nodes = Object.values(data);
  const isPrompt =
    nodes.length > 0 && nodes.every((node) => isTable(node) && typeof node.class_type === "string");
  return isPrompt ? "prompt" : undefined;
}

/**
 * The document of a workflow of ComfyUI in either form, by itself or as `prompt` or `workflow` of
 * an object.
 * @throws DiopterError `comfyui/invalid`.
 */
export function importComfyui(
  data: unknown,
  registry: NodeRegistry,
  place: ComfyPlace = { pictures: "" },
): ImportedWorkflow {
  const found = [data, ...(isTable(data) ? [data.workflow, data.prompt] : [])].find(
    (candidate) => comfyuiForm(candidate) !== undefined,
  );
  const form = comfyuiForm(found);
  if (form === "graph") return fromGraph(found, registry, place);
  if (form === "prompt") return fromPrompt(found, registry, place);
  throw new DiopterError("comfyui/invalid", {
    message: "This is no workflow of ComfyUI.",
    remedy: "Give what ComfyUI saves with Save or Export (API).",
  });
}

function isTable(data: unknown): data is Table {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
