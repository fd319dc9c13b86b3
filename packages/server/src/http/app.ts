import express, { type Express, type Request, type Response } from "express";
import type { Extension } from "../extension.js";
import { apiPrefix } from "../protocol/index.js";
import { securityHeaders } from "../security/index.js";
import type { Services } from "../services.js";
import { answerErrors } from "./answer-errors.js";
import { type Guard, guardRequests } from "./guard.js";
import { hasPage, servePage } from "./page.js";
import { notFound } from "./request-errors.js";
import { routerOf } from "./route.js";
import { apiRoutes } from "./routes/index.js";

/** Everything that is answered over HTTP. */
export function createApp(
  services: Services,
  guard: Guard,
  extensions: readonly Extension[],
): Express {
  const { settings, logger, redact } = services;
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.set("etag", "strong");
  app.use(securityHeaders);
  app.use(guardRequests(guard));
  const routes = [...apiRoutes(services), ...extensions.flatMap(({ routes = [] }) => routes)];
  app.use(apiPrefix, uncached, routerOf(routes, settings));
  app.use(apiPrefix, refuseUnknown);
  for (const { router } of extensions) if (router !== undefined) app.use(router);
  if (hasPage()) app.use(servePage());
  app.use(refuseUnknown);
  app.use(answerErrors(redact, (error) => logger.error({ err: error }, "request failed")));
  return app;
}

function uncached(_request: Request, response: Response, next: () => void): void {
  response.setHeader("Cache-Control", "no-store");
  next();
}

function refuseUnknown({ method, path }: Request): never {
  throw notFound(`There is nothing at ${method} ${path}.`);
}
