import type { NodeRegistry } from "@diopter/engine";
import { type ComfyInput, comfyClasses } from "../comfyui-workflows/index.js";
import { type ClassInfo, classInfo, takesPicture } from "./class-info.js";

/** Every class, as ComfyUI's clients read them. `pictures`: names of uploads. */
export function objectInfo(registry: NodeRegistry, pictures: readonly string[]) {
  const names = [...Object.keys(comfyClasses), ...Object.keys(registry)];
  return Object.fromEntries(names.map((name) => [name, describeClass(name, registry, pictures)]));
}

/** One class; undefined where there is none of this name. */
export function describeClass(name: string, registry: NodeRegistry, pictures: readonly string[]) {
  const info = classInfo(name, registry);
  return info === undefined ? undefined : describe(info, pictures);
}

function describe(info: ClassInfo, pictures: readonly string[]) {
  const required = info.inputs.filter((input) => input.required);
  const optional = info.inputs.filter((input) => !input.required);
  const table = (inputs: readonly ComfyInput[]) =>
    Object.fromEntries(inputs.map((input) => [input.name, inputConfig(input, pictures)]));
  return {
    input: {
      required: table(required),
      ...(optional.length > 0 ? { optional: table(optional) } : {}),
    },
    input_order: {
      required: required.map(({ name }) => name),
      ...(optional.length > 0 ? { optional: optional.map(({ name }) => name) } : {}),
    },
    output: info.outputs.map(({ type }) => type),
    output_is_list: info.outputs.map(() => false),
    output_name: info.outputs.map(({ name }) => name),
    output_tooltips: info.outputs.map(({ tooltip }) => tooltip ?? ""),
    name: info.name,
    display_name: info.title,
    description: info.help,
    python_module: info.isOwn ? "diopter" : "nodes",
    category: info.category,
    output_node: info.isOutput,
    deprecated: false,
    experimental: info.instead !== undefined,
  };
}

/** How an input stands in object_info and in the errors of a prompt. */
export function inputConfig(
  input: ComfyInput,
  pictures: readonly string[] = [],
): readonly unknown[] {
  const type = takesPicture(input) ? pictures : input.type;
  return input.options === undefined ? [type] : [type, input.options];
}
