import type { ComfyInput, ComfyOutput } from "./comfy-class.js";

type Options = Readonly<Record<string, unknown>>;

// Short forms for the tables of classes.

/** An input for a wire. */
export const wire = (name: string, type: string, tooltip?: string): ComfyInput => ({
  name,
  type,
  required: true,
  ...(tooltip === undefined ? {} : { options: { tooltip } }),
});

/** A whole number. */
export const int = (name: string, options: Options): ComfyInput => ({
  name,
  type: "INT",
  required: true,
  options,
});

/** A real number. */
export const float = (name: string, options: Options): ComfyInput => ({
  name,
  type: "FLOAT",
  required: true,
  options,
});

/** A text. */
export const string = (name: string, options: Options = {}): ComfyInput => ({
  name,
  type: "STRING",
  required: true,
  options,
});

/** One of several values; the first is the default. */
export const combo = (
  name: string,
  values: readonly string[],
  options: Options = {},
): ComfyInput => ({ name, type: values, required: true, options });

/** The same input, which may be left out. */
export const optional = (input: ComfyInput): ComfyInput => ({ ...input, required: false });

/** An output named after its type. */
export const output = (type: string, name = type): ComfyOutput => ({ name, type });

const widgetTypes: ReadonlySet<string> = new Set(["INT", "FLOAT", "STRING", "BOOLEAN", "COMBO"]);

/** Whether an input has a field of its own, so that it stands in `widgets_values`. */
export function isWidget({ type, options }: ComfyInput): boolean {
  return (typeof type !== "string" || widgetTypes.has(type)) && options?.forceInput !== true;
}

/** Inputs in the order in which ComfyUI's editor has them: required ones first. */
export function inOrder(inputs: readonly ComfyInput[]): readonly ComfyInput[] {
  return [
    ...inputs.filter((input) => input.required),
    ...inputs.filter((input) => !input.required),
  ];
}

/** What a widget holds unless it is told otherwise. */
export function defaultOf({ type, options }: ComfyInput): unknown {
  if (options?.default !== undefined) return options.default;
  return typeof type === "string" ? undefined : type[0];
}
