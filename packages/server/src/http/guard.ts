import type { IncomingMessage } from "node:http";
import type { NextFunction, Request, Response } from "express";
import {
  type Gate,
  isToken,
  type RateLimit,
  requireToken,
  tokenCookie,
  tokenOf,
} from "../security/index.js";

/** What every request passes before anything else. */
export interface Guard {
  readonly gate: Gate;
  readonly limit: RateLimit;
  readonly token: string | undefined;
}

/** Addresses that ask for no token: they tell nothing. */
const open: ReadonlySet<string> = new Set(["/api/v1/health"]);

/**
 * Checks a request's host, origin, rate and token.
 * @throws DiopterError `request/refused`, `request/too-many`, `request/unauthorised`.
 */
export function checkRequest({ gate, limit, token }: Guard, request: IncomingMessage): void {
  gate(request.headers);
  limit(request.socket.remoteAddress ?? "");
  const { pathname } = new URL(request.url ?? "/", "http://local");
  if (!open.has(pathname)) requireToken(token, tokenOf(request.headers));
}

/** The same as a handler. The link with the token sets the cookie and leads to the page. */
export function guardRequests(guard: Guard) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { token } = guard;
    const given =
      request.method === "GET" && request.path === "/" ? request.query.token : undefined;
    if (token === undefined || typeof given !== "string") {
      checkRequest(guard, request);
      next();
      return;
    }
    guard.gate(request.headers);
    guard.limit(request.socket.remoteAddress ?? "");
    if (isToken(token, given)) {
      response.cookie(tokenCookie, token, { httpOnly: true, sameSite: "strict", path: "/" });
    }
    response.redirect(303, "/");
  };
}
