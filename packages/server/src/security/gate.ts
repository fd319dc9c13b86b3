import type { IncomingHttpHeaders } from "node:http";
import { hostname, networkInterfaces } from "node:os";
import { DiopterError } from "@diopter/engine";

/** Under which names a server answers, and to whose pages. */
export interface GateOptions {
  /** The address that it listens on. */
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
}

/** Refuses requests that another site's page, or a rebound name, has brought about. */
export type Gate = (headers: IncomingHttpHeaders) => void;

/** Whether only this machine reaches the address. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Lets requests pass that name a host which is known and come from no page or from one of this
 * server. A page is told by its Origin and by Sec-Fetch-Site.
 * @throws (the gate) DiopterError `request/refused`.
 */
export function createGate(options: GateOptions): Gate {
  const hosts = new Set(knownHosts(options).map((host) => host.toLowerCase()));
  const origins = new Set(options.allowedOrigins.map((origin) => new URL(origin).origin));
  return (headers) => {
    const host = hostOf(headers.host);
    if (host === undefined || !hosts.has(host.name)) {
      throw refused("The server does not answer under this name.", "allowedHosts");
    }
    const { origin } = headers;
    const isAllowed = origin !== undefined && origins.has(origin);
    if (isAllowed) return;
    if (origin !== undefined && !isSameOrigin(origin, host.full)) {
      throw refused("The server does not answer to pages of this origin.", "allowedOrigins");
    }
    const site = headers["sec-fetch-site"];
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      throw refused("The server does not answer to pages of other sites.", "allowedOrigins");
    }
  };
}

function knownHosts({ host, allowedHosts }: GateOptions): readonly string[] {
  const local = ["localhost", "127.0.0.1", "::1"];
  if (isLoopback(host)) return [...local, host, ...allowedHosts];
  const isAny = host === "0.0.0.0" || host === "::";
  const own = isAny ? [hostname(), ...ownAddresses()] : [host];
  return [...local, ...own, ...allowedHosts];
}

function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((found) =>
    (found ?? []).map(({ address }) => address),
  );
}

function hostOf(header: string | undefined) {
  const match = /^(\[([0-9a-fA-F:.]+)\]|[^\s:/@?#\\[\]]+)(:\d{1,5})?$/.exec(header ?? "");
  if (match === null) return undefined;
  const [full, plain = "", bracketed] = match;
  return { full: full.toLowerCase(), name: (bracketed ?? plain).toLowerCase() };
}

function isSameOrigin(origin: string, host: string): boolean {
  const match = /^https?:\/\/([^/?#@\s]+)$/.exec(origin.toLowerCase());
  return match?.[1] === host;
}

function refused(message: string, setting: string): DiopterError {
  return new DiopterError("request/refused", {
    message,
    remedy: `Whoever runs the server may allow it: see ${setting} in docs/server.md.`,
  });
}
