import type { ParameterValue, WorkflowNode } from "@diopter/engine/editing";

/** An input of a ComfyUI node class. */
export interface ComfyInput {
  readonly name: string;
  /** `IMAGE`, `INT`, ...; a list of values is a choice. */
  readonly type: string | readonly string[];
  readonly required: boolean;
  /** What object_info says besides: default, min, max, tooltip, ... */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** An output: places count, and names are for people. */
export interface ComfyOutput {
  readonly name: string;
  readonly type: string;
  readonly tooltip?: string;
}

/** What arrives at an input of one of our nodes: one of the class's own inputs, or another node. */
export type BuiltWire = { readonly input: string } | readonly [node: string, output: string];

/** One of our nodes that stands for a class, or for a part of it. */
export interface BuiltNode {
  readonly type: string;
  readonly params?: Readonly<Record<string, ParameterValue>>;
  readonly inputs?: Readonly<Record<string, BuiltWire>>;
}

/** What stands for a node of a ComfyUI workflow. */
export interface Built {
  readonly nodes: Readonly<Record<string, BuiltNode>>;
  /** What each output place gives; undefined where nothing does. */
  readonly outputs: readonly (BuiltWire | undefined)[];
  readonly notes?: readonly string[];
}

/** A node of a ComfyUI workflow, as a class sees it. */
export interface ComfyNode {
  readonly id: string;
  /** The text of a widget, its default where the workflow says nothing. */
  text(name: string): string;
  number(name: string): number;
  /** Whether anything is wired to this output place. */
  isUsed(slot: number): boolean;
}

/** A node class of ComfyUI that stands for nodes of ours. */
export interface ComfyClass {
  readonly title: string;
  readonly category: string;
  readonly help: string;
  readonly isOutput?: boolean;
  readonly inputs: readonly ComfyInput[];
  readonly outputs: readonly ComfyOutput[];
  /** Undefined for classes that have no counterpart. */
  readonly build?: (node: ComfyNode, place: ComfyPlace) => Built;
  /** A primitive: it is the value of this widget. */
  readonly constant?: string;
  /** Why there is no counterpart, and what to use in place of it. */
  readonly instead?: { readonly reason: string; readonly remedy: string };
}

/** Where a workflow is to run. */
export interface ComfyPlace {
  /** What stands before the name of an uploaded picture: `uploads/` in the server's library. */
  readonly pictures: string;
}

/**
 * The name of a picture without what ComfyUI's clients put around it: `name.png [input]` says which
 * folder it lies in, and some put an empty subfolder before it.
 */
export function pictureName(text: string): string {
  return text.replace(/ \[input\]$/, "").replace(/^\/+/, "");
}

/** What stands in a document for a class that is not known: `comfyui:Name`. */
const unknownPrefix = "comfyui:";

/** A type for a class that is not known here, so that the node survives. */
export function unknownType(className: string): string {
  const encoded = encodeURIComponent(className.replaceAll("~", "%7E"))
    .replaceAll("%257E", "~7E")
    .replaceAll(/[!'()*]/g, (character) => `~${character.charCodeAt(0).toString(16)}`)
    .replaceAll("%", "~");
  return `${unknownPrefix}${encoded}`.slice(0, 200);
}

/** The class that such a type stands for; undefined for other types. */
export function unknownClass(type: string): string | undefined {
  if (!type.startsWith(unknownPrefix)) return undefined;
  try {
    return decodeURIComponent(type.slice(unknownPrefix.length).replaceAll("~", "%"));
  } catch {
    return undefined;
  }
}

/** The mode of a node as ComfyUI's editor counts it. */
export const graphModes: Readonly<Record<number, WorkflowNode["mode"]>> = {
  2: "muted",
  4: "bypassed",
};
