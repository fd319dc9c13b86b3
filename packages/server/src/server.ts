import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { describeNode, type NodeRegistry, toDiopterError } from "@diopter/engine";
import { pino } from "pino";
import type { ExtensionFactory } from "./extension.js";
import { extensions as shippedExtensions } from "./extensions.js";
import { createApp } from "./http/index.js";
import { copyExamples, Library, Uploads } from "./library/index.js";
import { createGate, isLoopback, makeToken, rateLimit, redactor } from "./security/index.js";
import type { Services } from "./services.js";
import {
  defaultDataFolder,
  openDataFolders,
  type RunConfiguration,
  type ServerSettings,
} from "./settings/index.js";

/** What a server is made of. */
export interface ServerOptions {
  readonly settings: ServerSettings;
  readonly configuration: RunConfiguration;
  readonly registry: NodeRegistry;
  readonly version: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly extensions?: readonly ExtensionFactory[];
}

/** A server that listens. */
export interface RunningServer {
  readonly host: string;
  readonly port: number;
  /** Where a browser opens it; carries the token where one is needed. */
  readonly link: string;
  readonly services: Services;
  stop(): Promise<void>;
}

/**
 * Opens the data folder and listens.
 * @throws DiopterError `usage/invalid` where address or data folder are taken,
 * `output/unwritable`.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { settings, registry, version, environment = process.env } = options;
  const folders = await openDataFolders(settings.data ?? defaultDataFolder(environment));
  await mkdir(join(folders.library, "examples"), { recursive: true });
  await copyExamples(join(folders.library, "examples"));
  const services: Services = {
    version,
    settings,
    folders,
    registry,
    registryHash: hashOf(registry),
    library: new Library({
      folder: folders.library,
      registry,
      limits: {
        characters: settings.bodyBytes,
        nodes: settings.workflowNodes,
        depth: settings.workflowDepth,
      },
    }),
    uploads: new Uploads(folders.uploads, settings),
    logger: pino({ level: settings.logLevel }),
    redact: redactor([folders.library, folders.work, folders.root]),
  };
  const extensions = await Promise.all(
    (options.extensions ?? shippedExtensions).map((create) => create(services)),
  );
  const token = settings.token ?? (isLoopback(settings.host) ? undefined : makeToken());
  const guard = { gate: createGate(settings), limit: rateLimit(settings.requestsPerSecond), token };
  const http = createServer(createApp(services, guard, extensions));
  const port = await listen(http, settings);
  return {
    host: settings.host,
    port,
    link: linkTo(settings.host, port, token),
    services,
    async stop() {
      http.close();
      http.closeAllConnections();
      for (const extension of extensions) await extension.close?.();
    },
  };
}

async function listen(
  http: ReturnType<typeof createServer>,
  { host, port }: ServerSettings,
): Promise<number> {
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

function hashOf(registry: NodeRegistry): string {
  const described = JSON.stringify(Object.values(registry).map(describeNode));
  return createHash("sha256").update(described).digest("hex").slice(0, 16);
}
