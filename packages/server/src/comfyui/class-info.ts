import type { NodeRegistry } from "@diopter/engine";
import {
  type ComfyInput,
  type ComfyOutput,
  comfyClasses,
  ownClass,
} from "../comfyui-workflows/index.js";

/** All that the protocol says of a node class. */
export interface ClassInfo {
  readonly name: string;
  readonly title: string;
  readonly category: string;
  readonly help: string;
  readonly isOutput: boolean;
  readonly inputs: readonly ComfyInput[];
  readonly outputs: readonly ComfyOutput[];
  /** Why it cannot run. */
  readonly instead?: { readonly reason: string; readonly remedy: string } | undefined;
  readonly isPrimitive: boolean;
  /** One of our own node types. */
  readonly isOwn: boolean;
}

const remembered = new WeakMap<NodeRegistry, Map<string, ClassInfo>>();

/** A class by its name: one of ComfyUI's that is mapped, or one of our node types. */
export function classInfo(name: string, registry: NodeRegistry): ClassInfo | undefined {
  const known = remembered.get(registry) ?? new Map<string, ClassInfo>();
  remembered.set(registry, known);
  const info = known.get(name) ?? findClass(name, registry);
  if (info !== undefined) known.set(name, info);
  return info;
}

function findClass(name: string, registry: NodeRegistry): ClassInfo | undefined {
  const known = comfyClasses[name];
  if (known !== undefined) {
    const { title, category, help, isOutput = false, inputs, outputs, instead } = known;
    const isPrimitive = known.constant !== undefined;
    const about = { name, title, category, help, isOutput, inputs, outputs };
    return { ...about, instead, isPrimitive, isOwn: false };
  }
  const definition = Object.hasOwn(registry, name) ? registry[name] : undefined;
  if (definition === undefined) return undefined;
  return {
    name,
    title: definition.title,
    category: `Diopter/${name.split("/")[0] ?? ""}`,
    help: definition.help,
    isOutput: definition.run !== undefined && definition.sideEffect === true,
    ...ownClass(definition),
    isPrimitive: false,
    isOwn: true,
  };
}

/** Whether an input is filled with the name of an uploaded picture. */
export function takesPicture({ options }: ComfyInput): boolean {
  return options?.image_upload === true;
}
