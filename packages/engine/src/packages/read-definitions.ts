import { z } from "zod";
import type { NodeDefinition } from "../nodes/define-node.js";
import type { Parameter } from "../nodes/params.js";
import { type SocketType, socketTypes } from "../sockets/socket-types.js";

const graphSockets: readonly SocketType[] = ["IMAGE", "MAP", "LATENT", "NUMBER"];

const isFunction = (value: unknown) => typeof value === "function";

const socket = z.custom<SocketType>(
  (value) => typeof value === "string" && Object.hasOwn(socketTypes, value),
  { error: "is no socket type" },
);

const name = z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,63}$/, { error: "is no name of a port" });

const ports = z.record(
  name,
  z.looseObject({
    socket,
    help: z.string().exactOptional(),
    optional: z.boolean().exactOptional(),
    list: z.boolean().exactOptional(),
    lazy: z.boolean().exactOptional(),
  }),
);

const common = { help: z.string().exactOptional(), title: z.string().exactOptional() };
const numeric = {
  ...common,
  default: z.number(),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
};

const parameterShape = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("number"), ...numeric }),
  z.looseObject({ kind: z.literal("integer"), ...numeric }),
  z.looseObject({ kind: z.literal("seed"), ...common, default: z.number() }),
  z.looseObject({ kind: z.literal("boolean"), ...common, default: z.boolean() }),
  z.looseObject({ kind: z.literal("text"), ...common, default: z.string() }),
  z.looseObject({
    kind: z.literal("choice"),
    ...common,
    default: z.string(),
    options: z.array(z.string()).min(1),
  }),
  z.looseObject({
    kind: z.literal("file"),
    ...common,
    default: z.string(),
    content: z.enum(["image", "model", "workflow", "any"]),
  }),
  z.looseObject({ kind: z.literal("destination"), ...common, default: z.string() }),
]);

const parameter = z.custom<Parameter>((value) => parameterShape.safeParse(value).success, {
  error: "is no parameter such as number({ default: 1 })",
});

const shape = z.looseObject({
  type: z.string().regex(/^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/, {
    error: 'is not of the form "subject/name" in lower case',
  }),
  version: z.int().min(1),
  title: z.string().min(1),
  help: z.string().min(1),
  source: z.string().exactOptional(),
  inputs: ports,
  params: z.record(name, parameter),
  outputs: ports,
});

/**
 * The definitions that a package's module exports, each held against what a definition must say.
 * @throws TypeError with a sentence that names the node and what is wrong with it.
 */
export function readDefinitions(module: unknown): readonly NodeDefinition[] {
  const exported =
    typeof module === "object" && module !== null && "definitions" in module
      ? module.definitions
      : undefined;
  if (!Array.isArray(exported)) throw new TypeError('it does not export a list "definitions"');
  const candidates: readonly unknown[] = exported;
  return candidates.map((candidate, index) => {
    const problem = faultOf(candidate);
    if (isDefinition(candidate, problem)) return candidate;
    throw new TypeError(`definition ${index}${nameOf(candidate)} ${problem}`);
  });
}

function isDefinition(candidate: unknown, fault: string | undefined): candidate is NodeDefinition {
  return fault === undefined && typeof candidate === "object";
}

function faultOf(candidate: unknown): string | undefined {
  const parsed = shape.safeParse(candidate);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `is wrong at ${issue?.path.join(".") || "its root"}: ${issue?.message}`;
  }
  const { run, graph, inputs, outputs } = parsed.data;
  if (isFunction(run) === isFunction(graph)) return "needs either run or graph";
  const sockets = [...Object.values(inputs), ...Object.values(outputs)];
  const stranger = sockets.find((port) => !graphSockets.includes(port.socket));
  if (!isFunction(graph) || stranger === undefined) return undefined;
  return `has a port of type ${stranger.socket}, which only run nodes may have`;
}

function nameOf(candidate: unknown): string {
  const hasType = typeof candidate === "object" && candidate !== null && "type" in candidate;
  return hasType ? ` (${String(candidate.type)})` : "";
}
