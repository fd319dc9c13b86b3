import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { WebSocket } from "ws";
import type { ExtensionFactory } from "../extension.js";
import {
  type ClientMessage,
  decodeFrame,
  type Job,
  jobSchema,
  type PreviewHeader,
  type ServerMessage,
  serverMessageSchema,
} from "../protocol/index.js";
import { loadRegistry } from "../runner/index.js";
import { type RunningServer, startServer } from "../server.js";
import { type GivenSettings, type RunConfiguration, settleSettings } from "../settings/index.js";
import { installTestNodes, testPackage } from "./test-nodes.js";

/** A server in this process, with its own data folder and the nodes for tests. */
export interface TestServer {
  readonly running: RunningServer;
  readonly folder: string;
  readonly origin: string;
  /** A request under /api/v1; a body that is no text is sent as JSON. */
  call(method: string, path: string, body?: unknown, init?: RequestInit): Promise<Response>;
  /** Queues a workflow of these nodes and tells the job. */
  submit(nodes: object, rest?: object): Promise<Job>;
  /** The job once it has one of these statuses; by default once it has ended. */
  until(id: string, statuses?: readonly Job["status"][]): Promise<Job>;
  socket(path?: string): Promise<TestSocket>;
  /** Stops and removes the data folder. */
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly folder?: string;
  readonly settings?: GivenSettings;
  readonly extensions?: readonly ExtensionFactory[];
}

/** Settings that make tests quick. */
const quick: GivenSettings = {
  port: 0,
  logLevel: "silent",
  restartMilliseconds: 1,
  stopSeconds: 0.2,
  cancelSeconds: 5,
  requestsPerSecond: 100_000,
};

export function runConfiguration(folder: string): RunConfiguration {
  return {
    packages: [testPackage],
    path: installTestNodes(folder),
    readable: [],
    device: "cpu",
    memoryCache: 32 * 2 ** 20,
    diskCache: 64 * 2 ** 20,
  };
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "diopter-server-"));
  const configuration = runConfiguration(folder);
  const running = await startServer(
    {
      settings: settleSettings({ ...quick, data: join(folder, "data"), ...options.settings }, {}),
      configuration,
      registry: await loadRegistry(configuration.packages, configuration.path),
      version: "0.0.0-test",
      logger: pino({ level: process.env.DIOPTER_TEST_LOG ?? "silent" }),
    },
    options.extensions,
  );
  const origin = `http://127.0.0.1:${running.port}`;
  const call: TestServer["call"] = (method, path, body, init = {}) =>
    fetch(`${origin}/api/v1${path}`, {
      method,
      redirect: "manual",
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      ...init,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...init.headers,
      },
    });
  return {
    running,
    folder,
    origin,
    call,
    async submit(nodes, rest = {}) {
      const workflow = { diopter: 1, name: "Test", nodes };
      const response = await call("POST", "/jobs", { workflow, ...rest });
      const body: unknown = await response.json();
      if (response.status !== 202) throw new Error(JSON.stringify(body));
      return jobSchema.parse(body);
    },
    until: (id, statuses = ["succeeded", "failed", "cancelled"]) => untilJob(running, id, statuses),
    socket: (path = "/api/v1/socket") => openSocket(`ws://127.0.0.1:${running.port}${path}`),
    async close() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function untilJob(
  { services: { jobs } }: RunningServer,
  id: string,
  statuses: readonly Job["status"][],
): Promise<Job> {
  return new Promise((resolve) => {
    const check = () => {
      const job = jobs.find(id);
      if (job === undefined || !statuses.includes(job.status)) return;
      unsubscribe();
      resolve(job);
    };
    const unsubscribe = jobs.subscribe(() => queueMicrotask(check));
    check();
  });
}

/** A client's socket, with all that it was sent. */
export interface TestSocket {
  readonly socket: WebSocket;
  readonly messages: ServerMessage[];
  readonly previews: PreviewHeader[];
  /** Bytes of text that were sent to it. */
  readonly received: () => number;
  send(message: ClientMessage): void;
  /** What `find` gives first, now or once more has arrived. */
  until<T>(find: (socket: TestSocket) => T | undefined): Promise<T>;
  readonly closed: Promise<number>;
}

export async function openSocket(address: string, headers = {}): Promise<TestSocket> {
  const socket = new WebSocket(address, { headers });
  const messages: ServerMessage[] = [];
  const previews: PreviewHeader[] = [];
  const waiting = new Set<() => void>();
  let bytes = 0;
  socket.on("message", (data: Buffer, isBinary) => {
    bytes += data.length;
    if (isBinary) previews.push(decodeFrame(data).header);
    else messages.push(serverMessageSchema.parse(JSON.parse(data.toString())));
    for (const check of waiting) check();
  });
  const closed = new Promise<number>((resolve) => socket.on("close", (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("error", reject);
  });
  const opened: TestSocket = {
    socket,
    messages,
    previews,
    received: () => bytes,
    closed,
    send: (message) => socket.send(JSON.stringify(message)),
    until: (find) =>
      new Promise((resolve) => {
        const check = () => {
          const found = find(opened);
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
  };
  return opened;
}
