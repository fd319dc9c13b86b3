import type { NodeDefinition } from "../nodes/define-node.js";
import type { Parameter } from "../nodes/params.js";
import type { Port } from "../nodes/ports.js";
import type { NodeRegistry } from "../nodes/registry.js";
import { socketTypes } from "../sockets/socket-types.js";
import { callType, inputType, outputType, valuePort } from "./built-in-types.js";
import { documentVersion } from "./types.js";

/** A JSON Schema, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema (draft 7) of workflow documents that use these node types: text editors complete
 * types, ports and parameters with it, show their help, and mark what is wrong. Types of packages
 * (`package:subject/name`) that are not in the registry may have any ports and parameters.
 */
export function workflowJsonSchema(registry: NodeRegistry): JsonSchema {
  const own = Object.values(registry).sort((a, b) => (a.type < b.type ? -1 : 1));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Diopter workflow",
    type: "object",
    required: ["diopter", "name", "nodes"],
    additionalProperties: false,
    properties: {
      $schema: { type: "string" },
      diopter: { const: documentVersion, description: "Version of the format" },
      name: { type: "string", maxLength: 1000 },
      description: { type: "string", maxLength: 100_000 },
      nodes: {
        type: "object",
        description: "Nodes by id",
        propertyNames: { $ref: "#/definitions/name" },
        additionalProperties: { $ref: "#/definitions/node" },
      },
      interface: {
        type: "object",
        description: 'Public names of parameters: "name": "node.parameter"',
        propertyNames: { pattern: "^[a-zA-Z][a-zA-Z0-9-]{0,63}$" },
        additionalProperties: { type: "string", pattern: "^[^.]+\\.[^.]+$" },
      },
      view: { description: "What the editor needs; it changes no result" },
    },
    definitions: {
      name: { type: "string", pattern: "^[^.]{1,200}$" },
      wire: {
        description: "The node and the output at which the wire begins",
        type: "array",
        items: { $ref: "#/definitions/name" },
        minItems: 2,
        maxItems: 2,
      },
      wires: {
        anyOf: [
          { $ref: "#/definitions/wire" },
          { type: "array", items: { $ref: "#/definitions/wire" } },
        ],
      },
      parameter: { type: ["number", "string", "boolean"] },
      node: { anyOf: [...own.map(ofDefinition), ...builtInNodes(), packageNode] },
    },
  };
}

function nodeSchema(
  description: string,
  type: JsonSchema,
  version: JsonSchema,
  params: JsonSchema,
  inputs: JsonSchema,
): JsonSchema {
  return {
    description,
    type: "object",
    required: ["type", "version"],
    additionalProperties: false,
    properties: {
      type,
      version,
      title: { type: "string", maxLength: 1000, description: "Shown in place of the type's title" },
      mode: { enum: ["muted", "bypassed"] },
      params: { type: "object", ...params },
      inputs: { type: "object", ...inputs },
    },
  };
}

function ofDefinition(definition: NodeDefinition): JsonSchema {
  const { type, version, title, help, inputs, params } = definition;
  return nodeSchema(
    `${title}: ${help}`,
    { const: type },
    { type: "integer", minimum: 1, maximum: version },
    { properties: mapValues(params, parameterSchema), additionalProperties: false },
    { properties: mapValues(inputs, portSchema), additionalProperties: false },
  );
}

const anyParams = { additionalProperties: { $ref: "#/definitions/parameter" } };
const anyInputs = { additionalProperties: { $ref: "#/definitions/wires" } };
const anyVersion = { type: "integer", minimum: 1 };

const packageNode = nodeSchema(
  "A node of a package",
  { type: "string", pattern: "^[a-zA-Z0-9@][a-zA-Z0-9@._/~-]*:" },
  anyVersion,
  anyParams,
  anyInputs,
);

function builtInNodes(): readonly JsonSchema[] {
  const portParams = {
    name: { type: "string", description: "The port's name where the workflow is called" },
    socket: { enum: Object.keys(socketTypes) },
  };
  const closed = (properties: JsonSchema) => ({ properties, additionalProperties: false });
  return [
    nodeSchema(
      "Call: another workflow as a node",
      { const: callType },
      anyVersion,
      { ...anyParams, properties: { path: { type: "string" } }, required: ["path"] },
      anyInputs,
    ),
    nodeSchema(
      "Input: an input of this workflow where it is called",
      { const: inputType },
      anyVersion,
      closed({ ...portParams, optional: { type: "boolean" } }),
      closed({}),
    ),
    nodeSchema(
      "Output: an output of this workflow where it is called",
      { const: outputType },
      anyVersion,
      closed(portParams),
      closed({ [valuePort]: { $ref: "#/definitions/wire" } }),
    ),
  ];
}

function portSchema({ socket, help, list }: Port): JsonSchema {
  const description = help === undefined ? socket : `${socket}: ${help}`;
  const form = list === true ? "wires" : "wire";
  // Draft 7 ignores what stands beside a $ref.
  return { description, allOf: [{ $ref: `#/definitions/${form}` }] };
}

function parameterSchema(parameter: Parameter): JsonSchema {
  const { help, title } = parameter;
  const description = help ?? title;
  return {
    ...valueSchema(parameter),
    default: parameter.default,
    ...(description === undefined ? {} : { description }),
  };
}

function valueSchema(parameter: Parameter): JsonSchema {
  switch (parameter.kind) {
    case "number":
      return { type: "number", ...range(parameter) };
    case "integer":
      return { type: "integer", ...range(parameter), ...divisibility(parameter) };
    case "seed":
      return { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
    case "boolean":
      return { type: "boolean" };
    case "choice":
      return { enum: parameter.options };
    case "text": {
      const { maxLength } = parameter;
      return { type: "string", ...(maxLength === undefined ? {} : { maxLength }) };
    }
    case "file":
    case "destination":
      return { type: "string" };
  }
}

function range({ min, max }: { readonly min?: number; readonly max?: number }): JsonSchema {
  return {
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  };
}

function divisibility(parameter: {
  readonly odd?: boolean;
  readonly multipleOf?: number;
}): JsonSchema {
  const { odd, multipleOf } = parameter;
  return {
    ...(odd === true ? { not: { multipleOf: 2 } } : {}),
    ...(multipleOf === undefined ? {} : { multipleOf }),
  };
}

function mapValues<T>(
  record: Readonly<Record<string, T>>,
  change: (value: T) => JsonSchema,
): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
