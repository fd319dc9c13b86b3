import { stat } from "node:fs/promises";
import { describeNode, socketTypes } from "@diopter/engine";
import { shippedModels } from "@diopter/nodes";
import {
  deviceListSchema,
  healthSchema,
  modelListSchema,
  nodeListSchema,
} from "../../protocol/index.js";
import type { Services } from "../../services.js";
import { bare, type Route, route } from "../route.js";

/** What the server is and what it knows. */
export function serverRoutes({
  version,
  registry,
  registryHash,
  dispatcher,
  metrics,
  isStopping,
}: Services): readonly Route[] {
  return [
    route({
      ...bare,
      method: "get",
      path: "/health",
      tag: "server",
      summary: "Whether the server is there; asks for no token.",
      answer: healthSchema,
      handle: () => ({ status: isStopping() ? "stopping" : "ok", version, ready: !isStopping() }),
    }),
    route({
      ...bare,
      method: "get",
      path: "/nodes",
      tag: "server",
      summary: "All node types and socket types.",
      answer: nodeListSchema,
      handle: () => ({
        nodes: Object.values(registry).map(describeNode).map(withoutPaths),
        sockets: socketTypes,
        hash: registryHash,
      }),
    }),
    route({
      ...bare,
      method: "get",
      path: "/models",
      tag: "server",
      summary: "The models that file parameters may name.",
      answer: modelListSchema,
      handle: async () => ({ models: await listModels() }),
    }),
    route({
      ...bare,
      method: "get",
      path: "/devices",
      tag: "server",
      summary: "Where jobs run.",
      answer: deviceListSchema,
      handle: () => ({ devices: dispatcher.devices }),
    }),
    route({
      ...bare,
      method: "get",
      path: "/metrics",
      tag: "server",
      summary: "Figures for Prometheus.",
      gives: ["text/plain"],
      handle: async ({ response }) => {
        response.setHeader("Content-Type", metrics.contentType);
        response.send(await metrics.text());
      },
    }),
  ];
}

async function listModels() {
  const found = await Promise.all(
    Object.entries(shippedModels).map(async ([name, path]) => {
      const file = await stat(path).catch(() => undefined);
      return file === undefined ? [] : [{ name, bytes: file.size, ships: true }];
    }),
  );
  return found.flat();
}

/** Names that stand for files keep their names; where the files lie is nobody's business. */
function withoutPaths(descriptor: ReturnType<typeof describeNode>) {
  const params = Object.entries(descriptor.params).map(([name, parameter]) => {
    if (parameter.kind !== "file" || parameter.named === undefined) return [name, parameter];
    const names = Object.keys(parameter.named).map((known) => [known, known]);
    return [name, { ...parameter, named: Object.fromEntries(names) }];
  });
  return { ...descriptor, params: Object.fromEntries(params) };
}
