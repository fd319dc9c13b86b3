import { DiopterError, deviceNames } from "@diopter/engine";
import { z } from "zod";
import { defaultAddress } from "../protocol/index.js";

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;
const positive = z.int().positive();
const seconds = z.number().positive();

/**
 * How a server behaves. Each setting may stand in the configuration file, in the environment
 * (`hangSeconds` as DIOPTER_SERVER_HANG_SECONDS; lists with commas) or on the command line: the
 * command line wins over the environment, that over the file, that over the default.
 */
export const serverSettingsSchema = z.strictObject({
  /** The address to listen on. Any but a loopback address demands a token. */
  host: z.string().min(1).default(defaultAddress.host),
  /** 0 takes any that is free. */
  port: z.int().min(0).max(65535).default(defaultAddress.port),
  /** Folder of queue, library and results. */
  data: z.string().min(1).optional(),
  /** What requests must know; made up and printed where one is needed and none is given. */
  token: z.string().min(16).max(200).optional(),
  /** Further names under which the server may be addressed, such as those of a proxy. */
  allowedHosts: z.array(z.string().min(1)).default([]),
  /** Pages of other origins that may use it, such as http://localhost:5173. */
  allowedOrigins: z.array(z.url()).default([]),
  /** One runner process for each. */
  devices: z.array(z.enum(deviceNames)).min(1).max(16).optional(),
  /** Jobs that may wait. */
  queueLimit: positive.default(10_000),
  /** Jobs that have ended and are remembered. */
  historyLimit: positive.default(5_000),
  /** Bytes that results may take; the oldest jobs' go first. */
  resultBytes: positive.default(20 * gibibyte),
  /** Bytes that saved sampling states may take. */
  stateBytes: positive.default(2 * gibibyte),
  /** Seconds between two saved states of a sampling run. */
  stateSeconds: z.number().min(0).default(15),
  /** A runner that reports nothing for so long while it works is taken for hung. */
  hangSeconds: seconds.default(900),
  /** A runner that has not ended a cancelled job after so long is ended itself. */
  cancelSeconds: seconds.default(20),
  /** How long a stop waits for a running job to save its state. */
  stopSeconds: seconds.default(10),
  /** A job whose runner or server dies is started so often in all. */
  maxAttempts: positive.default(5),
  /** Milliseconds before a runner that died is started again; doubles with each death in a row. */
  restartMilliseconds: z.int().min(0).default(100),
  /** Bytes of a JSON body. */
  bodyBytes: positive.default(32 * mebibyte),
  uploadBytes: positive.default(256 * mebibyte),
  /** Of an uploaded picture. */
  uploadPixels: positive.default(268_000_000),
  /** Bytes that uploaded files may take together. */
  uploadsBytes: positive.default(20 * gibibyte),
  workflowNodes: positive.default(20_000),
  workflowDepth: positive.default(64),
  /** WebSocket connections at a time. */
  sockets: positive.default(512),
  /** Bytes that may wait for a slow WebSocket client before it is cut off. */
  socketBacklog: positive.default(16 * mebibyte),
  /** Of one address, on average; four times as many at once. */
  requestsPerSecond: positive.default(500),
  logLevel: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export type ServerSettings = Readonly<z.infer<typeof serverSettingsSchema>>;

/** Settings as they stand in a file or on the command line: all may be left out. */
export type GivenSettings = z.input<typeof serverSettingsSchema>;

const prefix = "DIOPTER_SERVER_";
const listNames: ReadonlySet<string> = new Set(["allowedHosts", "allowedOrigins", "devices"]);
const textNames: ReadonlySet<string> = new Set(["host", "data", "token", "logLevel"]);

/**
 * The settings that hold, from the file's, the environment and the command line's.
 * @throws DiopterError `usage/invalid` for one that cannot be understood.
 */
export function settleSettings(
  file: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  flags: GivenSettings = {},
): ServerSettings {
  const given = { ...asRecord(file), ...fromEnvironment(environment), ...defined(flags) };
  const parsed = serverSettingsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue === undefined ? "" : `"${issue.path.join(".")}": `;
  throw new DiopterError("usage/invalid", {
    message: `The server's settings cannot be used: ${place}${issue?.message ?? "unknown"}.`,
    remedy: "Correct the configuration, the environment or the option: see docs/server.md.",
    cause: parsed.error,
  });
}

function fromEnvironment(environment: Readonly<Record<string, string | undefined>>) {
  const settings: Record<string, unknown> = {};
  for (const name of Object.keys(serverSettingsSchema.shape)) {
    const value = environment[prefix + name.replaceAll(/[A-Z]/g, "_$&").toUpperCase()];
    if (value === undefined || value === "") continue;
    if (listNames.has(name)) settings[name] = value.split(",").map((part) => part.trim());
    else settings[name] = textNames.has(name) ? value : Number(value);
  }
  return settings;
}

function defined(flags: GivenSettings): Record<string, unknown> {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}

function asRecord(value: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(value ?? {});
}
