import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import { z } from "zod";
import { readJson } from "../http/read-json.js";
import { serverFeatures } from "./features.js";

const greetingSchema = z.object({
  type: z.literal("feature_flags"),
  data: z.record(z.string(), z.unknown()),
});

/** How much may wait for a slow client. */
export interface SocketLimits {
  /** Bytes beyond which previews are left out. */
  readonly previews: number;
  /** Bytes beyond which it is cut off. */
  readonly all: number;
}

const tooSlow = 1013;
const mostLevels = 32;

/** One socket. */
export interface ClientSocket {
  readonly socket: WebSocket;
  /** What the client calls itself. */
  readonly id: string;
  wantsMetadata: boolean;
}

/** The sockets of ComfyUI's clients. Several may belong to one client, and all get everything. */
export class ClientSockets {
  readonly #limits: SocketLimits;
  readonly #clients = new Set<ClientSocket>();

  constructor(limits: SocketLimits) {
    this.#limits = limits;
  }

  /** Takes a socket in; the caller greets it. */
  accept(socket: WebSocket, request: IncomingMessage): ClientSocket {
    const { searchParams } = new URL(request.url ?? "/", "http://local");
    const given = searchParams.get("clientId") ?? "";
    const id = given === "" ? randomUUID().replaceAll("-", "") : given.slice(0, 200);
    const client: ClientSocket = { socket, id, wantsMetadata: false };
    this.#clients.add(client);
    socket.on("close", () => this.#clients.delete(client));
    socket.on("message", (data, isBinary) => {
      const greeting = isBinary ? undefined : readGreeting(String(data));
      if (greeting === undefined) return;
      client.wantsMetadata = greeting.supports_preview_metadata === true;
      this.#send(client, { type: "feature_flags", data: serverFeatures });
    });
    return client;
  }

  /** To one socket alone. */
  tellOne(client: ClientSocket, type: string, data: Readonly<Record<string, unknown>>): void {
    this.#send(client, { type, data });
  }

  /** To one client's sockets, or to all where none is named. */
  tell(id: string | undefined, type: string, data: Readonly<Record<string, unknown>>): void {
    for (const client of this.#of(id)) this.#send(client, { type, data });
  }

  /** A preview, in the form that each client understands. Slow ones get none. */
  show(id: string | undefined, plain: Uint8Array, described: Uint8Array): void {
    for (const { socket, wantsMetadata } of this.#of(id)) {
      if (socket.readyState !== socket.OPEN) continue;
      if (socket.bufferedAmount > this.#limits.previews) continue;
      socket.send(wantsMetadata ? described : plain);
    }
  }

  /** Whether anybody would see what is sent to this client. */
  has(id: string | undefined): boolean {
    return this.#of(id).length > 0;
  }

  #of(id: string | undefined): readonly ClientSocket[] {
    return [...this.#clients].filter((client) => id === undefined || client.id === id);
  }

  #send({ socket }: ClientSocket, message: object): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > this.#limits.all) {
      socket.close(tooSlow, "too slow");
      socket.terminate();
      return;
    }
    socket.send(JSON.stringify(message));
  }
}

function readGreeting(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return greetingSchema.safeParse(readJson(text, mostLevels)).data?.data;
  } catch {
    return undefined;
  }
}
