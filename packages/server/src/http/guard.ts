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
import { invalidRequest } from "./request-errors.js";

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
  requireOneHost(request);
  gate(request.headers);
  limit(request.socket.remoteAddress ?? "");
  if (!open.has(pathOf(request))) requireToken(token, tokenOf(request.headers));
}

/** The path of a request as it was sent, without its query. */
export function pathOf({ url = "/" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "/";
}

/** Of two hosts, a proxy may have checked the other one. */
function requireOneHost({ headersDistinct }: IncomingMessage): void {
  if ((headersDistinct.host?.length ?? 0) <= 1) return;
  throw invalidRequest("The request names several hosts.", "Send one Host header.");
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
    requireOneHost(request);
    guard.gate(request.headers);
    guard.limit(request.socket.remoteAddress ?? "");
    if (isToken(token, given)) {
      response.cookie(tokenCookie, token, { httpOnly: true, sameSite: "strict", path: "/" });
    }
    response.redirect(303, "/");
  };
}
