import { z } from "zod";
import type { Route } from "../http/route.js";
import { apiPrefix, errorAnswerSchema } from "../protocol/index.js";

type Schema = Record<string, unknown>;

/** The OpenAPI document of these routes: the schemas in it are those that check requests. */
export function openApiDocument(routes: readonly Route[], version: string): Schema {
  const paths: Record<string, Schema> = {};
  const components: Schema = {};
  const schemaOf = (schema: z.ZodType, io: "input" | "output"): Schema => {
    const { $schema: _, $defs, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
    for (const [name, definition] of Object.entries($defs ?? {})) {
      components[name] = relocate(definition);
    }
    return relocate(json);
  };
  for (const route of routes) {
    const path = apiPrefix + route.path.replaceAll("...}", "}");
    paths[path] = { ...paths[path], [route.method]: operationOf(route, schemaOf) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Diopter", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: components,
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
    },
    security: [{}, { token: [] }],
  };
}

type SchemaOf = (schema: z.ZodType, io: "input" | "output") => Schema;

function operationOf(route: Route, schemaOf: SchemaOf): Schema {
  const names = [...route.path.matchAll(/\{(\w+)(?:\.\.\.)?\}/g)].flatMap(([, name]) => name ?? []);
  const inPath = names.map((name) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const body = bodyOf(route, schemaOf);
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    parameters: [...inPath, ...queryOf(route, schemaOf)],
    ...(body === undefined ? {} : { requestBody: { required: true, content: body } }),
    responses: {
      [route.status]: { description: route.summary, ...answerOf(route, schemaOf) },
      default: {
        description: "What is wrong, and what to do about it.",
        content: { "application/json": { schema: schemaOf(errorAnswerSchema, "output") } },
      },
    },
  };
}

function queryOf({ query }: Route, schemaOf: SchemaOf): readonly Schema[] {
  const { properties, required } = z
    .looseObject({
      properties: z.record(z.string(), z.unknown()).default({}),
      required: z.array(z.string()).default([]),
    })
    .parse(schemaOf(query, "input"));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function bodyOf({ body, takes }: Route, schemaOf: SchemaOf): Schema | undefined {
  if (body !== undefined) return { "application/json": { schema: schemaOf(body, "input") } };
  if (takes.length === 0) return undefined;
  const bytes = { type: "string", format: "binary" };
  const form = { type: "object", properties: { file: bytes }, required: ["file"] };
  return Object.fromEntries(
    takes.map((type) => [type, { schema: type === "multipart/form-data" ? form : bytes }]),
  );
}

function answerOf({ answer, gives }: Route, schemaOf: SchemaOf): Schema {
  if (answer !== undefined) {
    return { content: { "application/json": { schema: schemaOf(answer, "output") } } };
  }
  if (gives.length === 0) return {};
  return { content: Object.fromEntries(gives.map((type) => [type, {}])) };
}

function operationId({ method, path }: Route): string {
  const words = path.match(/\w+/g) ?? [];
  return [method, ...words].join("-");
}

/** References into the schema's own definitions, as references into the document's. */
function relocate(schema: unknown): Schema {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}
