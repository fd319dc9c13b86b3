import type { Services } from "../../services.js";
import type { Route } from "../route.js";
import { fileRoutes } from "./files.js";
import { nodeRoutes } from "./nodes.js";
import { workflowRoutes } from "./workflows.js";

/** The routes of the API. */
export function apiRoutes(services: Services): readonly Route[] {
  return [...nodeRoutes(services), ...workflowRoutes(services), ...fileRoutes(services)];
}
