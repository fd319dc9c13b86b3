import type { Services } from "../../services.js";
import type { Route } from "../route.js";
import { fileRoutes } from "./files.js";
import { jobRoutes } from "./jobs.js";
import { resultRoutes } from "./results.js";
import { serverRoutes } from "./server.js";
import { workflowRoutes } from "./workflows.js";

/** The routes of the API. */
export function apiRoutes(services: Services): readonly Route[] {
  return [
    ...serverRoutes(services),
    ...workflowRoutes(services),
    ...fileRoutes(services),
    ...jobRoutes(services),
    ...resultRoutes(services),
  ];
}
