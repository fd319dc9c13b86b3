import type { ExtensionFactory } from "../extension.js";
import type { AcceptSocket } from "../socket/index.js";
import { ClientSockets } from "./client-sockets.js";
import { conversionRoutes } from "./conversion-routes.js";
import { comfyuiRouter } from "./router.js";
import { Runs } from "./runs.js";

/** Bytes beyond which a slow client gets no more previews. */
const previewBacklog = 512 * 1024;

/** ComfyUI's protocol, so that clients people already have can drive the server. */
export const comfyuiExtension: ExtensionFactory = (services) => {
  const { socketBacklog: all } = services.settings;
  const sockets = new ClientSockets({ previews: previewBacklog, all });
  const runs = new Runs(services, sockets);
  const accept: AcceptSocket = (socket, request) => {
    runs.greet(sockets.accept(socket, request));
  };
  return {
    routes: conversionRoutes(services),
    router: comfyuiRouter(services, runs),
    upgrades: { "/ws": accept, "/api/ws": accept },
    watches: (job) => runs.isWatched(job),
    close: async () => runs.close(),
  };
};
