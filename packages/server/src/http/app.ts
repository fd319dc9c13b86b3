import express, { type Express, type Request, type Response } from "express";
import { z } from "zod";
import type { Extension } from "../extension.js";
import { type Metrics, openApiDocument } from "../operation/index.js";
import { apiPrefix } from "../protocol/index.js";
import { securityHeaders } from "../security/index.js";
import type { Services } from "../services.js";
import { answerErrors } from "./answer-errors.js";
import { type Guard, guardRequests } from "./guard.js";
import { hasPage, servePage } from "./page.js";
import { notFound } from "./request-errors.js";
import { bare, type Route, route, routerOf } from "./route.js";
import { apiRoutes } from "./routes/index.js";

/** Everything that is answered over HTTP. */
export function createApp(
  services: Services,
  guard: Guard,
  extensions: readonly Extension[],
): Express {
  const { settings, logger, redact, metrics, version } = services;
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.set("etag", "strong");
  app.use(securityHeaders);
  app.use(guardRequests(guard));
  app.use(measure(metrics));
  const routes: Route[] = [
    ...apiRoutes(services),
    ...extensions.flatMap(({ routes = [] }) => routes),
  ];
  routes.push(openApiRoute([...routes], version));
  app.use(apiPrefix, uncached, routerOf(routes, settings));
  app.use(apiPrefix, refuseUnknown);
  for (const { router } of extensions) if (router !== undefined) app.use(router);
  if (hasPage()) app.use(servePage());
  app.use(refuseUnknown);
  app.use(answerErrors(redact, (error) => logger.error({ err: error }, "request failed")));
  return app;
}

/** The document describes itself too. */
function openApiRoute(routes: readonly Route[], version: string): Route {
  const own: Route = route({
    ...bare,
    method: "get",
    path: "/openapi.json",
    tag: "server",
    summary: "This document.",
    answer: z.record(z.string(), z.unknown()),
    handle: () => openApiDocument([...routes, own], version),
  });
  return own;
}

function measure({ answered }: Metrics) {
  return (request: Request, response: Response, next: () => void): void => {
    const started = performance.now();
    response.on("finish", () => {
      const pattern: unknown = request.route?.path;
      const name = typeof pattern === "string" ? request.baseUrl + pattern : "other";
      answered(name, request.method, response.statusCode, (performance.now() - started) / 1000);
    });
    next();
  };
}

function uncached(_request: Request, response: Response, next: () => void): void {
  response.setHeader("Cache-Control", "no-store");
  next();
}

function refuseUnknown({ method, path }: Request): never {
  throw notFound(`There is nothing at ${method} ${path}.`);
}
