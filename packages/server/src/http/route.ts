import { DiopterError } from "@diopter/engine";
import express, { type Request, type Response, Router } from "express";
import { z } from "zod";
import { readJson } from "./read-json.js";
import { invalidRequest } from "./request-errors.js";

/** What a route's handler is given: already checked. */
export interface Call<Q, B> {
  /** Parts of the address by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Q;
  readonly body: B;
  readonly request: Request;
  readonly response: Response;
}

interface RouteText {
  readonly method: "get" | "put" | "post" | "delete";
  /** As in OpenAPI: `/jobs/{id}`; `{id...}` takes slashes too. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
}

/** A route whose schemas both check its requests and describe it in the OpenAPI document. */
export interface RouteOptions<Q extends z.ZodType, B extends z.ZodType> extends RouteText {
  readonly query: Q;
  /** Of a JSON body. */
  readonly body: B;
  /** Of the JSON that is answered. */
  readonly answer?: z.ZodType;
  /** Default 200. */
  readonly status?: number;
  /** Media types of a body or an answer that is not JSON, for the document. */
  readonly takes?: readonly string[];
  readonly gives?: readonly string[];
  /** Resolves to the JSON to answer; to undefined where it has answered by itself. */
  handle(call: Call<z.infer<Q>, z.infer<B>>): unknown;
}

/** Of a route that is given neither a query nor a JSON body. */
export const bare = { query: z.object({}), body: z.undefined() };

/** A route with its types forgotten: what the OpenAPI document and the router need. */
export interface Route extends RouteText {
  readonly query: z.ZodType;
  /** Undefined where no JSON is read. */
  readonly body: z.ZodType | undefined;
  readonly answer: z.ZodType | undefined;
  readonly status: number;
  readonly takes: readonly string[];
  readonly gives: readonly string[];
  readonly serve: (request: Request, response: Response, maxDepth: number) => Promise<void>;
}

/** Declares a route; `query` and `body` of its handler are inferred from the schemas. */
export function route<Q extends z.ZodType, B extends z.ZodType>(
  options: RouteOptions<Q, B>,
): Route {
  const { method, path, summary, tag, query, body, answer, handle } = options;
  const readsJson = !(body instanceof z.ZodUndefined);
  const status = options.status ?? 200;
  return {
    method,
    path,
    summary,
    tag,
    query,
    body: readsJson ? body : undefined,
    answer,
    status,
    takes: options.takes ?? [],
    gives: options.gives ?? [],
    async serve(request, response, maxDepth) {
      const result = await handle({
        params: paramsOf(request),
        query: check(query, { ...request.query }, "query"),
        body: check(body, readsJson ? jsonOf(request, maxDepth) : undefined, "body"),
        request,
        response,
      });
      if (result !== undefined) response.status(status).json(result);
    },
  };
}

/** Limits of what routes read. */
export interface RouteLimits {
  readonly bodyBytes: number;
  readonly workflowDepth: number;
}

/** Levels that a request wraps around a workflow. */
const wrapping = 4;

/** An express router that serves these routes. */
export function routerOf(routes: readonly Route[], limits: RouteLimits): Router {
  const router = Router({ caseSensitive: true });
  const text = express.text({ type: () => true, limit: limits.bodyBytes });
  for (const { method, path, body, serve } of routes) {
    const pattern = path.replaceAll(/\{(\w+)\.\.\.\}/g, "*$1").replaceAll(/\{(\w+)\}/g, ":$1");
    const handler = (request: Request, response: Response) =>
      serve(request, response, limits.workflowDepth + wrapping);
    if (body === undefined) router[method](pattern, handler);
    else router[method](pattern, requireJson, text, handler);
  }
  return router;
}

/** A page of another site can send a text without asking, but no JSON. */
function requireJson(request: Request, _response: Response, next: () => void): void {
  if (!request.is(["json", "+json"])) {
    throw new DiopterError("request/unsupported", {
      message: "The body is not declared as JSON.",
      remedy: "Send it with Content-Type: application/json.",
    });
  }
  next();
}

function jsonOf(request: Request, maxDepth: number): unknown {
  const text: unknown = request.body;
  return readJson(typeof text === "string" ? text : "", maxDepth);
}

function paramsOf(request: Request): Record<string, string> {
  const entries = Object.entries(request.params).map(([name, value]): [string, string] => [
    name,
    Array.isArray(value) ? value.join("/") : value,
  ]);
  return Object.fromEntries(entries);
}

function check<S extends z.ZodType>(schema: S, value: unknown, what: string): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") ?? "";
  const where = place === "" ? `The ${what}` : `"${place}" in the ${what}`;
  throw invalidRequest(
    `${where} cannot be used: ${issue?.message ?? "it is invalid"}.`,
    "See the OpenAPI document under /api/v1/openapi.json.",
    `/${issue?.path.join("/") ?? ""}`,
  );
}
