import { randomUUID } from "node:crypto";
import type { WebSocket } from "ws";
import type { ServerMessage } from "../protocol/index.js";

/** How much may wait for a slow client. */
export interface Backlog {
  /** Bytes beyond which previews are left out. */
  readonly previews: number;
  /** Bytes beyond which the client is cut off; it may come back and ask for what it missed. */
  readonly all: number;
}

/** WebSocket's close code for a server that cannot keep up with its client. */
const tooSlow = 1013;

/** One socket of a client, which never makes anybody wait. */
export class Connection {
  readonly id = randomUUID();
  readonly #socket: WebSocket;
  readonly #backlog: Backlog;
  readonly #onClose = new Set<() => void>();
  #client = "";
  #name = "";

  constructor(socket: WebSocket, backlog: Backlog) {
    this.#socket = socket;
    this.#backlog = backlog;
    socket.on("close", () => {
      for (const listener of this.#onClose) listener();
      this.#onClose.clear();
    });
  }

  /** What the client calls itself: several sockets may share it. Empty until it has said so. */
  get client(): string {
    return this.#client;
  }

  /** For people. */
  get name(): string {
    return this.#name;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  introduce(client: string, name: string): void {
    this.#client = client;
    this.#name = name;
  }

  send(message: ServerMessage): void {
    this.sendText(JSON.stringify(message));
  }

  /** A message that is already written: one text for many connections. */
  sendText(text: string): void {
    if (!this.isOpen) return;
    if (this.#socket.bufferedAmount > this.#backlog.all) {
      this.#socket.close(tooSlow, "too slow");
      this.#socket.terminate();
      return;
    }
    this.#socket.send(text);
  }

  /** A preview: left out where the client is slow. */
  sendFrame(frame: Uint8Array): void {
    if (!this.isOpen || this.#socket.bufferedAmount > this.#backlog.previews) return;
    this.#socket.send(frame);
  }

  /** Called once, when the socket is closed. */
  onClose(listener: () => void): void {
    this.#onClose.add(listener);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }
}
