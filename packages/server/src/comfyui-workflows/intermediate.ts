import type { WorkflowNode } from "@diopter/engine/editing";
import type { OwnNotes } from "./schemas.js";

/** What stands at an input of a node of ComfyUI. */
export type SourceInput =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "link"; readonly node: string; readonly slot: number };

/** A node of either form of ComfyUI's workflows. */
export interface SourceNode {
  readonly id: string;
  readonly className: string;
  readonly title?: string | undefined;
  readonly mode?: WorkflowNode["mode"];
  readonly inputs: Readonly<Record<string, SourceInput>>;
  readonly own?: OwnNotes | undefined;
}

/** A wire between nodes of ComfyUI, if the value is one: [id, place]. */
export function readLink(value: unknown): SourceInput {
  if (!Array.isArray(value) || value.length !== 2) return { kind: "value", value };
  const [node, slot]: readonly unknown[] = value;
  const isLink =
    (typeof node === "string" || typeof node === "number") &&
    typeof slot === "number" &&
    Number.isInteger(slot) &&
    slot >= 0;
  return isLink ? { kind: "link", node: String(node), slot } : { kind: "value", value };
}
