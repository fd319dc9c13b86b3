import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { DiopterError } from "@diopter/engine";
import { type WebSocket, WebSocketServer } from "ws";
import { describeThrown } from "../http/answer-errors.js";
import { checkRequest, type Guard, pathOf } from "../http/guard.js";
import { notFound } from "../http/request-errors.js";
import { statusOf } from "../http/status.js";
import type { Redact } from "../security/index.js";

/** Takes a socket whose request has passed every check. */
export type AcceptSocket = (socket: WebSocket, request: IncomingMessage) => void;

export interface UpgradeOptions {
  readonly guard: Guard;
  readonly redact: Redact;
  /** WebSocket addresses by path. */
  readonly paths: ReadonlyMap<string, AcceptSocket>;
  /** Connections at a time, of all paths together. */
  readonly sockets: number;
  /** Bytes of a message. */
  readonly messageBytes: number;
  /** Milliseconds between two signs of life. */
  readonly heartbeat?: number;
}

/** WebSocket's close code for a server that leaves. */
const goingAway = 1001;

/** Opens WebSocket connections, and closes those whose other end is dead. */
export function serveUpgrades(server: Server, options: UpgradeOptions): { close(): void } {
  const { guard, redact, paths, sockets: most } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.messageBytes,
    perMessageDeflate: false,
  });
  const alive = new Set<WebSocket>();
  server.on("upgrade", (request, stream, head) => {
    stream.on("error", () => stream.destroy());
    try {
      checkRequest(guard, request);
      const accept = paths.get(pathOf(request));
      if (accept === undefined) throw notFound("There is no WebSocket at this address.");
      if (sockets.clients.size >= most) throw tooMany();
      sockets.handleUpgrade(request, stream, head, (socket) => {
        alive.add(socket);
        socket.on("pong", () => alive.add(socket));
        // What breaks the protocol is closed by ws; an error without a listener would end us.
        socket.on("error", () => socket.terminate());
        accept(socket, request);
      });
    } catch (thrown) {
      refuse(stream, describeThrown(thrown, redact));
    }
  });
  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, options.heartbeat ?? 20_000);
  heartbeat.unref();
  return {
    close() {
      clearInterval(heartbeat);
      for (const socket of sockets.clients) socket.close(goingAway, "the server stops");
      sockets.close();
    },
  };
}

function refuse(stream: Duplex, error: DiopterError): void {
  const status = statusOf(error.code);
  const body = JSON.stringify({ error });
  stream.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}`,
      "Connection: close",
      "Content-Type: application/json; charset=utf-8",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "",
      body,
    ].join("\r\n"),
  );
}

function tooMany(): DiopterError {
  return new DiopterError("request/too-many", {
    message: "As many WebSocket connections are open as the server allows.",
    remedy: "Close some.",
  });
}
