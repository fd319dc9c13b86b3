import type { NodeDescriptor, Parameter, Port, SocketType } from "@diopter/engine/editing";
import type { ComfyInput, ComfyOutput } from "./comfy-class.js";

const names: Partial<Record<SocketType, string>> = {
  MAP: "MASK",
  DENOISER: "MODEL",
  NUMBER: "FLOAT",
  INTEGER: "INT",
  TEXT: "STRING",
};

/** What ComfyUI calls a type of socket; ours where it has none. */
export function comfyType(socket: SocketType): string {
  return names[socket] ?? socket;
}

/** One of our node types as a class: ports are inputs, and so are parameters. */
export interface OwnClass {
  readonly inputs: readonly ComfyInput[];
  readonly outputs: readonly ComfyOutput[];
}

/** Describes one of our node types as ComfyUI would. Parameters may always be left out. */
export function ownClass(
  descriptor: Pick<NodeDescriptor, "inputs" | "params" | "outputs">,
): OwnClass {
  const ports = Object.entries(descriptor.inputs).map(([name, port]) => portInput(name, port));
  const params = Object.entries(descriptor.params).map(([name, parameter]) => ({
    name,
    required: false,
    ...widget(parameter),
  }));
  const outputs = Object.entries(descriptor.outputs).map(([name, port]: [string, Port]) => ({
    name,
    type: comfyType(port.socket),
    ...(port.help === undefined ? {} : { tooltip: port.help }),
  }));
  return { inputs: [...ports, ...params], outputs };
}

function portInput(name: string, port: Port): ComfyInput {
  return {
    name,
    type: comfyType(port.socket),
    required: port.optional !== true && port.lazy !== true && port.list !== true,
    // Numbers and texts would have fields in ComfyUI's editor; here a wire is meant.
    options: {
      forceInput: true,
      ...(port.help === undefined ? {} : { tooltip: port.help }),
      ...(port.lazy === true ? { lazy: true } : {}),
    },
  };
}

function widget(parameter: Parameter): Pick<ComfyInput, "type" | "options"> {
  const { default: value, help } = parameter;
  const said = { default: value, ...(help === undefined ? {} : { tooltip: help }) };
  switch (parameter.kind) {
    case "number":
    case "integer":
      return {
        type: parameter.kind === "number" ? "FLOAT" : "INT",
        options: { ...said, ...range(parameter) },
      };
    case "seed": {
      const seeds = { min: 0, max: Number.MAX_SAFE_INTEGER, control_after_generate: true };
      return { type: "INT", options: { ...said, ...seeds } };
    }
    case "boolean":
      return { type: "BOOLEAN", options: said };
    case "choice":
      return { type: parameter.options, options: said };
    case "text":
      return { type: "STRING", options: { ...said, multiline: parameter.multiline === true } };
    case "file":
    case "destination":
      return { type: "STRING", options: said };
  }
}

type Numbers = Extract<Parameter, { kind: "number" | "integer" }>;

function range({ min, max, step, ...rest }: Numbers): Readonly<Record<string, number>> {
  const multiple = rest.kind === "integer" ? (rest.odd === true ? 2 : rest.multipleOf) : undefined;
  const steps = step ?? multiple;
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(steps === undefined ? {} : { step: steps }),
  };
}
