import type { Request } from "express";

/** What the routes register themselves with: each is also there under /api. */
export interface Routes {
  get(path: string, handler: (request: Request) => unknown): void;
  /** The handler is given the body: bounded JSON, an empty object where there is none. */
  post(path: string, handler: (body: unknown, request: Request) => unknown): void;
}
