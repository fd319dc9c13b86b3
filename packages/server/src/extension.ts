import type { IncomingMessage } from "node:http";
import type { Router } from "express";
import type { WebSocket } from "ws";
import type { Route } from "./http/route.js";
import type { Services } from "./services.js";

/** A part of the server that brings its own routes and messages. */
export interface Extension {
  /** Below /api/v1, checked and described by their schemas. */
  readonly routes?: readonly Route[];
  /** Anything else, from the root; asked before the editor's page. */
  readonly router?: Router;
  /** WebSocket addresses by path, such as `/ws`: the request has passed every check. */
  readonly upgrades?: Readonly<
    Record<string, (socket: WebSocket, request: IncomingMessage) => void>
  >;
  /** Whether it shows previews of a job to anybody. */
  watches?(job: string): boolean;
  /** When the server stops. */
  close?(): Promise<void>;
}

/** Makes a part of the server when it starts. */
export type ExtensionFactory = (services: Services) => Extension | Promise<Extension>;
