import type { NodeRegistry } from "@diopter/engine";
import {
  type ComfyInput,
  isWidget,
  type SourceInput,
  type SourceNode,
} from "../comfyui-workflows/index.js";
import { badLink, type CheckedValue, checkLiteral } from "./check-input.js";
import { type ClassInfo, classInfo, takesPicture } from "./class-info.js";
import { inputConfig } from "./object-info.js";
import { type PromptError, promptError } from "./prompt-errors.js";

/** What nodes are held against. */
export interface CheckedPrompt {
  readonly nodes: ReadonlyMap<string, SourceNode>;
  readonly registry: NodeRegistry;
  /** Whether an upload of this name can be read. */
  hasPicture(name: string): boolean;
}

/** What is wrong with a node by itself, and its literal values, converted. */
export interface CheckedNode {
  readonly errors: PromptError[];
  readonly values: Readonly<Record<string, unknown>>;
}

/** Holds a node's inputs against its class. */
export function checkNode(node: SourceNode, info: ClassInfo, prompt: CheckedPrompt): CheckedNode {
  const errors: PromptError[] = info.instead === undefined ? [] : [cannotRun(info)];
  const values: Record<string, unknown> = {};
  for (const input of info.inputs) {
    const given = Object.hasOwn(node.inputs, input.name) ? node.inputs[input.name] : undefined;
    const checked = checkGiven(input, given, info, prompt);
    if (checked === undefined) continue;
    if ("error" in checked) errors.push(checked.error);
    else values[input.name] = checked.value;
  }
  for (const [name, given] of Object.entries(node.inputs)) {
    const error = checkNumbered(name, given, info, prompt);
    if (error !== undefined) errors.push(error);
  }
  return { errors, values };
}

function checkGiven(
  input: ComfyInput,
  given: SourceInput | undefined,
  info: ClassInfo,
  prompt: CheckedPrompt,
): CheckedValue | undefined {
  if (given === undefined || (given.kind === "value" && given.value === undefined)) {
    return input.required ? { error: missing(input) } : undefined;
  }
  if (given.kind === "link") {
    const error = checkLink(input, given, info, prompt);
    return error === undefined ? undefined : { error };
  }
  // Values of what cannot run anyway may be such as are not known here.
  return info.instead === undefined ? checkValue(input, given.value, prompt) : undefined;
}

function checkValue(input: ComfyInput, value: unknown, prompt: CheckedPrompt): CheckedValue {
  if (Array.isArray(value) && isWidget(input) && typeof input.type === "string") {
    return { error: badLink(input, value) };
  }
  if (!takesPicture(input)) return checkLiteral(input, value);
  if (typeof value === "string" && prompt.hasPicture(value)) return { value };
  const details = `${input.name} - Invalid image file: ${String(value)}`;
  const extra = { input_name: input.name, input_config: inputConfig(input), received_value: value };
  const message = "Custom validation failed for node";
  return { error: promptError("custom_validation_failed", message, details, extra) };
}

/** Several wires at one of our inputs are named `images.0`, `images.1`. */
function checkNumbered(name: string, given: SourceInput, info: ClassInfo, prompt: CheckedPrompt) {
  const port = /^(.+)\.\d+$/.exec(name)?.[1];
  const input = port === undefined ? undefined : info.inputs.find((one) => one.name === port);
  if (input === undefined || given.kind !== "link") return undefined;
  return checkLink(input, given, info, prompt);
}

function checkLink(
  input: ComfyInput,
  link: Extract<SourceInput, { kind: "link" }>,
  info: ClassInfo,
  { nodes, registry }: CheckedPrompt,
): PromptError | undefined {
  const extra = { input_name: input.name, input_config: inputConfig(input) };
  const linked = [link.node, link.slot];
  const source = nodes.get(link.node);
  const sourceInfo = source === undefined ? undefined : classInfo(source.className, registry);
  const output = sourceInfo?.outputs[link.slot];
  if (sourceInfo === undefined || output === undefined) {
    const what = source === undefined ? `no node ${link.node}` : `no output ${link.slot}`;
    const more = { ...extra, linked_node: linked, exception_message: `There is ${what}` };
    const message = "Exception when validating inner node";
    return promptError("exception_during_validation", message, `There is ${what}`, more);
  }
  if (!fits(output.type, input)) {
    const wanted = typeof input.type === "string" ? input.type : "COMBO";
    const details = `${input.name}, received_type(${output.type}) mismatch input_type(${wanted})`;
    const more = { ...extra, received_type: output.type, linked_node: linked };
    return promptError(
      "return_type_mismatch",
      "Return type mismatch between linked nodes",
      details,
      more,
    );
  }
  if (isWidget(input) === sourceInfo.isPrimitive) return undefined;
  const reason = sourceInfo.isPrimitive
    ? "a primitive is wired to an input that takes computed values"
    : "the value is computed, and it is a setting here";
  const message = "Custom validation failed for node";
  return promptError("custom_validation_failed", message, `${input.name} - ${reason}`, {
    ...extra,
    linked_node: linked,
    class_type: info.name,
  });
}

const sameAs: Readonly<Record<string, string>> = { UPSCALE_MODEL: "MODEL" };
const plain = (type: string) => sameAs[type] ?? type;

function fits(given: string, { type }: ComfyInput): boolean {
  // A text may choose; whether it is one of the choices shows when it is put in.
  if (typeof type !== "string") return given === "STRING";
  const [from, to] = [plain(given), plain(type)];
  return from === to || from === "*" || to === "*" || (from === "INT" && to === "FLOAT");
}

function missing(input: ComfyInput): PromptError {
  const extra = { input_name: input.name };
  return promptError("required_input_missing", "Required input is missing", input.name, extra);
}

function cannotRun({ name, instead }: ClassInfo): PromptError {
  const details = `${name} cannot run here: ${instead?.reason}. ${instead?.remedy}`;
  const extra = { code: "comfyui/unsupported", remedy: instead?.remedy };
  return promptError(
    "custom_validation_failed",
    "Custom validation failed for node",
    details,
    extra,
  );
}
