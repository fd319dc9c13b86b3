import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DiopterError, describeNode, type NodeRegistry } from "@diopter/engine";
import { type Logger, pino } from "pino";
import { Documents } from "./documents/index.js";
import { describeThrown } from "./http/answer-errors.js";
import { Housekeeping, JobNewsFeed, Jobs } from "./jobs/index.js";
import { copyExamples, Library, Uploads } from "./library/index.js";
import { createMetrics } from "./operation/index.js";
import { JobQueue, QueueDatabase, ResultReferences } from "./queue/index.js";
import { Dispatcher, RunnerSlot } from "./runner/index.js";
import { redactor } from "./security/index.js";
import type { Services } from "./services.js";
import {
  type DataFolders,
  defaultDataFolder,
  openDataFolders,
  type RunConfiguration,
  type ServerSettings,
} from "./settings/index.js";
import { SocketHub } from "./socket/index.js";
import { ResultStore } from "./store/index.js";

/** What a server is made of. */
export interface ServerOptions {
  readonly settings: ServerSettings;
  readonly configuration: RunConfiguration;
  readonly registry: NodeRegistry;
  readonly version: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly logger?: Logger;
}

/** The services, and what starts and stops with them. */
export interface OpenedServices {
  readonly services: Services;
  readonly hub: SocketHub;
  readonly documents: Documents;
  readonly housekeeping: Housekeeping;
  /** From now on nothing new is taken in. */
  announceStop(): void;
  /** Ends everything in good order. */
  close(): Promise<void>;
}

/** Bytes beyond which a slow client gets no more previews. */
const previewBacklog = 512 * 1024;

/**
 * Opens the data folder and brings the queue back to where it was.
 * @throws DiopterError `usage/invalid` where another server uses the folder, `output/unwritable`.
 */
export async function openServices(options: ServerOptions): Promise<OpenedServices> {
  const { settings, registry, version, environment = process.env } = options;
  const folders = await openDataFolders(settings.data ?? defaultDataFolder(environment));
  const database = QueueDatabase.open(folders.database);
  const logger = options.logger ?? pino({ level: settings.logLevel });
  const redact = redactor([folders.library, folders.work, folders.root]);
  await prepareFolders(folders);
  const queue = new JobQueue(database, settings);
  const interrupted = queue.recover();
  if (interrupted.length > 0) logger.warn({ jobs: interrupted }, "jobs were interrupted");
  const news = new JobNewsFeed();
  const results = new ResultStore(folders.results);
  const references = new ResultReferences(database);
  const { historyLimit, resultBytes } = settings;
  const housekeeping = new Housekeeping({
    queue,
    references,
    store: results,
    news,
    historyLimit,
    resultBytes,
    logger,
  });
  const dispatcher = new Dispatcher({
    queue,
    news,
    store: results,
    slots: createSlots(options, folders, logger),
    work: folders.work,
    stopSeconds: settings.stopSeconds,
    logger,
    onEnd: () => void housekeeping.tidy().catch(() => {}),
  });
  const library = createLibrary(options, folders);
  const documents = new Documents({
    library,
    registry,
    journal: join(folders.root, "journal"),
    limits: { nodes: settings.workflowNodes, characters: settings.bodyBytes },
    describe: (thrown) => describeThrown(thrown, redact),
    logger,
  });
  let isStopping = false;
  const jobs = new Jobs({
    library,
    registry,
    current: (id) => documents.current(id),
    queue,
    news,
    housekeeping,
    workers: dispatcher,
    requireOpen() {
      if (isStopping) throw stoppingError();
    },
  });
  const registryHash = hashOf(registry);
  const hub = new SocketHub({
    version,
    registryHash,
    backlog: { previews: previewBacklog, all: settings.socketBacklog },
    depth: settings.workflowDepth,
    redact,
    logger,
  });
  const metrics = createMetrics({ jobs, dispatcher, sockets: () => hub.size });
  const services: Services = {
    version,
    settings,
    folders,
    registry,
    registryHash,
    library,
    uploads: new Uploads(folders.uploads, settings),
    jobs,
    dispatcher,
    results,
    metrics,
    logger,
    redact,
    isStopping: () => isStopping,
  };
  return {
    services,
    hub,
    documents,
    housekeeping,
    announceStop() {
      isStopping = true;
    },
    async close() {
      await dispatcher.stop();
      await documents.stop();
      await housekeeping.settled();
      metrics.stop();
      database.close();
    },
  };
}

/** Folders of runners that were cut off hold nothing that is needed. */
async function prepareFolders(folders: DataFolders): Promise<void> {
  await rm(folders.work, { recursive: true, force: true });
  await mkdir(folders.work, { recursive: true });
  const examples = join(folders.library, "examples");
  await mkdir(examples, { recursive: true });
  await copyExamples(examples);
}

function createLibrary({ registry, settings }: ServerOptions, folders: DataFolders): Library {
  const limits = {
    characters: settings.bodyBytes,
    nodes: settings.workflowNodes,
    depth: settings.workflowDepth,
  };
  return new Library({ folder: folders.library, registry, limits });
}

function createSlots(
  { settings, configuration }: ServerOptions,
  folders: DataFolders,
  logger: Logger,
): readonly RunnerSlot[] {
  const { packages, path, readable, memoryBudget, memoryCache, diskCache } = configuration;
  const { root, library, work, cache, states } = folders;
  const { stateBytes, stateSeconds } = settings;
  const shared = {
    packages: [...packages],
    configurationPath: path,
    readable: [...readable],
    memoryCache,
    diskCache,
    root,
    library,
    work,
    cache,
    states,
    stateBytes,
    stateSeconds,
    ...(memoryBudget === undefined ? {} : { memoryBudget }),
  };
  const { hangSeconds, cancelSeconds, restartMilliseconds } = settings;
  return (settings.devices ?? [configuration.device]).map(
    (device) =>
      new RunnerSlot({
        setup: { ...shared, device },
        hangSeconds,
        cancelSeconds,
        restartMilliseconds,
        logger,
      }),
  );
}

function hashOf(registry: NodeRegistry): string {
  const described = JSON.stringify(Object.values(registry).map(describeNode));
  return createHash("sha256").update(described).digest("hex").slice(0, 16);
}

function stoppingError(): DiopterError {
  return new DiopterError("server/stopping", {
    message: "The server is about to stop.",
    remedy: "Send the job again once it is back.",
  });
}
