import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { toDiopterError } from "@diopter/engine";
import { type OpenedServices, openServices, type ServerOptions } from "./create-services.js";
import { LibraryWatchers } from "./documents/index.js";
import { JobWatchers, QueueWatchers } from "./events/index.js";
import type { Extension, ExtensionFactory } from "./extension.js";
import { extensions as shippedExtensions } from "./extensions.js";
import { createApp } from "./http/index.js";
import { createGate, isLoopback, makeToken, rateLimit } from "./security/index.js";
import type { Services } from "./services.js";
import type { ServerSettings } from "./settings/index.js";
import { type AcceptSocket, serveUpgrades } from "./socket/index.js";

export type { ServerOptions } from "./create-services.js";

/** A server that listens. */
export interface RunningServer {
  readonly host: string;
  readonly port: number;
  /** Where a browser opens it; carries the token where one is needed. */
  readonly link: string;
  readonly services: Services;
  /** Lets running jobs finish or save their state, saves documents, and leaves. */
  stop(): Promise<void>;
}

const socketPath = "/api/v1/socket";

/**
 * Opens the data folder, listens, and goes on with the queue.
 * @throws DiopterError `usage/invalid` where address or data folder are taken,
 * `output/unwritable`.
 */
export async function startServer(
  options: ServerOptions,
  factories: readonly ExtensionFactory[] = shippedExtensions,
): Promise<RunningServer> {
  const { settings } = options;
  const opened = await openServices(options);
  const { services, hub, documents, housekeeping } = opened;
  try {
    await documents.recover();
    const extensions = await Promise.all(factories.map((create) => create(services)));
    connect(opened, extensions);
    const isOpen = isLoopback(settings.host);
    const token = settings.token ?? (isOpen ? undefined : makeToken());
    const limit = rateLimit(settings.requestsPerSecond);
    const guard = { gate: createGate(settings), limit, token };
    const http = createServer(timeouts, createApp(services, guard, extensions));
    http.maxConnections = settings.sockets + mostRequests;
    const upgrades = serveUpgrades(http, {
      guard,
      redact: services.redact,
      paths: upgradePaths(extensions, (socket) => hub.accept(socket)),
      sockets: settings.sockets,
      messageBytes: settings.bodyBytes,
    });
    const port = await listen(http, settings);
    services.dispatcher.wake();
    housekeeping.sweep().catch(() => {});
    const stop = async () => {
      opened.announceStop();
      http.close();
      await services.dispatcher.stop();
      upgrades.close();
      http.closeAllConnections();
      for (const extension of extensions) await extension.close?.();
      await opened.close();
    };
    let stopping: Promise<void> | undefined;
    return {
      host: settings.host,
      port,
      link: linkTo(settings.host, port, token),
      services,
      stop() {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (thrown) {
    await opened.close();
    throw thrown;
  }
}

/** Requests at a time besides WebSocket connections. */
const mostRequests = 1000;
/** A client that dawdles over its request is cut off. */
export const timeouts = {
  headersTimeout: 15_000,
  requestTimeout: 600_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
};

function connect(
  { services, hub, documents }: OpenedServices,
  extensions: readonly Extension[],
): void {
  const { jobs, dispatcher } = services;
  const watch = () =>
    dispatcher.watch(
      (job) => watchers.isWatched(job) || extensions.some((one) => one.watches?.(job) === true),
    );
  const watchers: JobWatchers = new JobWatchers(jobs, watch);
  jobs.subscribe((news) => {
    if (news.type === "changed") watch();
  });
  const queue = new QueueWatchers(jobs);
  hub.register(["watch-job"], (connection, { job, after }) =>
    watchers.watch(connection, job, after),
  );
  hub.register(["unwatch-job"], (connection, { job }) => watchers.unwatch(connection, job));
  hub.register(["watch-queue"], (connection) => queue.watch(connection));
  hub.register(["unwatch-queue"], (connection) => queue.unwatch(connection));
  const library = new LibraryWatchers(documents);
  hub.register(["watch-library"], (connection) => library.watch(connection));
  hub.register(["open-document", "close-document", "edit", "presence"], (connection, message) =>
    documents.receive(connection, message),
  );
  hub.onLeave((connection) => void documents.leave(connection));
}

function upgradePaths(
  extensions: readonly Extension[],
  accept: AcceptSocket,
): ReadonlyMap<string, AcceptSocket> {
  const others = extensions.flatMap(({ upgrades = {} }) => Object.entries(upgrades));
  return new Map<string, AcceptSocket>([[socketPath, accept], ...others]);
}

async function listen(http: Server, { host, port }: ServerSettings): Promise<number> {
  try {
    http.listen(port, host);
    await once(http, "listening");
  } catch (thrown) {
    const remedy = "Choose another address with --host and --port.";
    throw toDiopterError(thrown, "usage/invalid", remedy);
  }
  const address = http.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

function linkTo(host: string, port: number, token: string | undefined): string {
  const isAny = host === "0.0.0.0" || host === "::";
  const name = isAny ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  const query = token === undefined ? "" : `?token=${token}`;
  return `http://${name}:${port}/${query}`;
}
