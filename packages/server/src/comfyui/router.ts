import express, { type Request, type Response, Router } from "express";
import { z } from "zod";
import { readJson } from "../http/read-json.js";
import { invalidRequest, notFound } from "../http/request-errors.js";
import type { Services } from "../services.js";
import { serverFeatures } from "./features.js";
import { listJobs, oneJob } from "./job-list.js";
import { describeClass, objectInfo } from "./object-info.js";
import { historyRoutes, queueRoutes } from "./queue-routes.js";
import type { Routes } from "./routes.js";
import type { Runs } from "./runs.js";
import { submitPrompt } from "./submit-prompt.js";
import { modelFolders, systemStats } from "./system.js";
import { uploadPicture } from "./upload-picture.js";
import { listPictures } from "./uploaded-pictures.js";
import { viewPicture } from "./view-picture.js";

type Handler = (request: Request, response: Response) => unknown;

/** Levels that a prompt may have; a workflow may be within. */
const wrapping = 6;

/** ComfyUI's routes, over the queue, the uploads and the results of this server. */
export function comfyuiRouter(services: Services, runs: Runs): Router {
  const router = Router({ caseSensitive: true });
  const { bodyBytes, workflowDepth } = services.settings;
  const text = express.text({ type: () => true, limit: bodyBytes });
  const paths = (path: string) => (path.startsWith("/api/") ? [path] : [path, `/api${path}`]);
  const answer =
    (handle: (request: Request) => unknown): Handler =>
    async (request, response) => {
      response.setHeader("Cache-Control", "no-store");
      response.json((await handle(request)) ?? {});
    };
  const body = (request: Request): unknown => {
    const sent: unknown = request.body;
    const isEmpty = typeof sent !== "string" || sent.trim() === "";
    return isEmpty ? {} : readJson(sent, workflowDepth + wrapping);
  };
  const routes: Routes = {
    get: (path, handler) => void router.get(paths(path), answer(handler)),
    post: (path, handler) =>
      void router.post(
        paths(path),
        text,
        answer((request) => handler(body(request), request)),
      ),
  };
  describeRoutes(routes, services);
  queueRoutes(routes, services, runs);
  historyRoutes(routes, services);
  let number = 0;
  router.post(paths("/prompt"), text, async (request, response) => {
    number += 1;
    const result = await submitPrompt(body(request), number, services);
    if (!result.accepted) {
      response.status(400).json(result.refusal);
      return;
    }
    const { id, nodeErrors } = result;
    // A client learns the id from this answer: what it then waits for must not come before.
    runs.hold(id);
    response.on("close", () => setTimeout(() => runs.release(id), graceMilliseconds).unref());
    response.json({ prompt_id: id, number: result.number, node_errors: nodeErrors });
  });
  router.post(paths("/upload/image"), async (request, response) => {
    response.json(await uploadPicture(services, request));
  });
  router.get(paths("/view"), (request, response) =>
    viewPicture(services, { ...request.query }, response),
  );
  return router;
}

/** How long a client may take from the answer to listening for its prompt. */
const graceMilliseconds = 30;

const freeSchema = z.looseObject({
  unload_models: z.boolean().optional(),
  free_memory: z.boolean().optional(),
});

/** What the server is and has. */
function describeRoutes(routes: Routes, services: Services): void {
  const { registry, dispatcher } = services;
  routes.get("/object_info", () => objectInfo(registry, listPictures(services)));
  // Names of our node types have a slash in them.
  routes.get("/object_info/*name", ({ params }) => {
    const { name } = params;
    const wanted = Array.isArray(name) ? name.join("/") : (name ?? "");
    const info = describeClass(wanted, registry, listPictures(services));
    return info === undefined ? {} : { [wanted]: info };
  });
  routes.get("/system_stats", () => systemStats(services));
  routes.get("/features", () => serverFeatures);
  routes.get("/embeddings", () => []);
  routes.get("/extensions", () => []);
  routes.get("/models", () => Object.keys(modelFolders()));
  routes.get("/models/:folder", ({ params }) => {
    const folders = modelFolders();
    const name = String(params.folder);
    if (!Object.hasOwn(folders, name)) throw notFound("There is no such folder of models.");
    return folders[name];
  });
  routes.post("/free", async (body) => {
    if (!freeSchema.safeParse(body).success) {
      throw invalidRequest("The body makes no sense.", "Send unload_models and free_memory.");
    }
    await dispatcher.free();
  });
  routes.get("/api/jobs", ({ query }) => listJobs(services, { ...query }));
  routes.get("/api/jobs/:id", ({ params }) => oneJob(services, String(params.id)));
  routes.post("/api/jobs/:id/cancel", (_body, { params }) => {
    const id = String(params.id);
    oneJob(services, id);
    services.jobs.cancel(id);
    return oneJob(services, id);
  });
}
