import { float, int, output, string } from "./class-inputs.js";
import type { ComfyClass, ComfyInput } from "./comfy-class.js";

const most = Number.MAX_SAFE_INTEGER;
const limits = { default: 0, min: -most, max: most };

const primitive = (title: string, value: ComfyInput, type: string): ComfyClass => ({
  title,
  category: "utils/primitive",
  help: "A value, which goes straight into the parameters that it is wired to.",
  inputs: [value],
  outputs: [output(type)],
  constant: "value",
});

const boolean: ComfyInput = {
  name: "value",
  type: "BOOLEAN",
  required: true,
  options: { default: false },
};

/** Values by themselves. */
export const primitiveClasses: Readonly<Record<string, ComfyClass>> = {
  PrimitiveInt: primitive("Int", int("value", { ...limits, control_after_generate: true }), "INT"),
  PrimitiveFloat: primitive("Float", float("value", limits), "FLOAT"),
  PrimitiveString: primitive("String", string("value", { default: "" }), "STRING"),
  PrimitiveStringMultiline: primitive(
    "String (Multiline)",
    string("value", { multiline: true, default: "" }),
    "STRING",
  ),
  PrimitiveBoolean: primitive("Boolean", boolean, "BOOLEAN"),
};
