import { DiopterError } from "@diopter/engine";
import type { Logger } from "pino";
import type { WebSocket } from "ws";
import { describeThrown } from "../http/answer-errors.js";
import { readJson } from "../http/read-json.js";
import { invalidRequest } from "../http/request-errors.js";
import { type ClientMessage, clientMessageSchema } from "../protocol/index.js";
import { type Redact, rateLimit } from "../security/index.js";
import { type Backlog, Connection } from "./connection.js";

export interface HubOptions {
  readonly version: string;
  readonly registryHash: string;
  readonly backlog: Backlog;
  /** Levels of JSON in a message. */
  readonly depth: number;
  readonly redact: Redact;
  readonly logger: Logger;
}

type MessageOf<K extends ClientMessage["type"]> = Extract<ClientMessage, { type: K }>;
type Handler = (connection: Connection, message: ClientMessage) => unknown;

const messagesPerSecond = 500;
/** WebSocket's close code for a client that breaks the rules. */
const policy = 1008;
const mostWaiting = 5000;

/** Speaks with clients at /api/v1/socket: hands each message to whoever has registered for it. */
export class SocketHub {
  readonly #options: HubOptions;
  readonly #handlers = new Map<ClientMessage["type"], Handler>();
  readonly #connections = new Set<Connection>();
  readonly #onLeave = new Set<(connection: Connection) => void>();

  constructor(options: HubOptions) {
    this.#options = options;
  }

  /** How many sockets are open. */
  get size(): number {
    return this.#connections.size;
  }

  /** Messages of a connection are handled one after the other, in the order in which they came. */
  register<K extends ClientMessage["type"]>(
    types: readonly K[],
    handler: (connection: Connection, message: MessageOf<K>) => unknown,
  ): void {
    const isOurs = (message: ClientMessage): message is MessageOf<K> =>
      types.some((type) => type === message.type);
    for (const type of types) {
      this.#handlers.set(type, (connection, message) =>
        isOurs(message) ? handler(connection, message) : undefined,
      );
    }
  }

  /** When a connection is closed. */
  onLeave(listener: (connection: Connection) => void): void {
    this.#onLeave.add(listener);
  }

  accept(socket: WebSocket): void {
    const connection = new Connection(socket, this.#options.backlog);
    this.#connections.add(connection);
    connection.onClose(() => {
      this.#connections.delete(connection);
      for (const listener of this.#onLeave) listener(connection);
    });
    const limit = rateLimit(messagesPerSecond);
    let waiting = 0;
    let last: Promise<unknown> = Promise.resolve();
    socket.on("message", (data, isBinary) => {
      waiting += 1;
      if (isBinary || waiting > mostWaiting || !isWithin(limit)) {
        connection.close(policy, isBinary ? "text only" : "too fast");
        return;
      }
      last = last.then(async () => {
        await this.#receive(connection, String(data));
        waiting -= 1;
      });
    });
  }

  async #receive(connection: Connection, text: string): Promise<void> {
    const { depth, redact, logger } = this.#options;
    try {
      const message = this.#read(text, depth);
      if (message.type === "hello") return this.#welcome(connection, message);
      if (connection.client === "") {
        throw invalidRequest("The client has not said hello.", "Send a hello first.");
      }
      await this.#handlers.get(message.type)?.(connection, message);
    } catch (thrown) {
      const error = describeThrown(thrown, redact);
      if (error.code === "internal/defect") logger.error({ err: thrown }, "message failed");
      connection.send({ type: "error", error: error.toJSON() });
    }
  }

  #read(text: string, depth: number): ClientMessage {
    const parsed = clientMessageSchema.safeParse(readJson(text, depth));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const place = issue?.path.join(".") ?? "";
    throw new DiopterError("request/invalid", {
      message: `The message cannot be used: ${place === "" ? "" : `"${place}": `}${issue?.message}.`,
      remedy: "See docs/server.md for the messages there are.",
    });
  }

  #welcome(connection: Connection, { client, name }: MessageOf<"hello">): void {
    const { version, registryHash } = this.#options;
    connection.introduce(client, name ?? client);
    connection.send({ type: "welcome", client, version, registry: registryHash });
  }
}

function isWithin(limit: (address: string) => void): boolean {
  try {
    limit("");
    return true;
  } catch {
    return false;
  }
}
