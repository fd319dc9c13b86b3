import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { DiopterError } from "@diopter/engine";

/** The cookie that a browser keeps after the link with the token was opened. */
export const tokenCookie = "diopter-token";

/** A token that nobody guesses. */
export function makeToken(): string {
  return randomBytes(24).toString("base64url");
}

/** Compares in a time that tells nothing about the token. */
export function isToken(expected: string, given: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(expected), digest(given));
}

/** The token that a request carries as bearer or cookie. */
export function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return bearer;
  for (const pair of (headers.cookie ?? "").split(";")) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === tokenCookie && value !== undefined) return value;
  }
  return undefined;
}

/**
 * Lets requests pass that know the token, all where there is none.
 * @throws DiopterError `request/unauthorised`.
 */
export function requireToken(expected: string | undefined, given: string | undefined): void {
  if (expected === undefined || (given !== undefined && isToken(expected, given))) return;
  throw new DiopterError("request/unauthorised", {
    message: "The server wants its token.",
    remedy: "Open the link that it printed when it started, or send Authorization: Bearer TOKEN.",
  });
}
