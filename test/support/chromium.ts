import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, vi } from "vitest";

/** Where Chromium is: DIOPTER_CHROMIUM, or where Debian puts it. */
const chromiumPath = process.env.DIOPTER_CHROMIUM ?? "/usr/bin/chromium";

/** Why tests in the browser cannot run here; undefined where they can. */
export const noChromium = existsSync(chromiumPath)
  ? undefined
  : `There is no Chromium at ${chromiumPath}: install it, or set DIOPTER_CHROMIUM.`;

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A page and what went wrong on it. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors that the page threw or wrote to its console. */
  readonly errors: readonly string[];
  /** Every address that was asked for. */
  readonly requests: readonly string[];
}

/** A browser for the tests of a file. */
export function browserOfFile() {
  // A browser on a busy machine takes its time; what hangs is found by each wait's own limit.
  vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });
  const held: { browser?: Browser } = {};
  beforeAll(async () => {
    if (noChromium !== undefined) return;
    held.browser = await chromium.launch({ executablePath: chromiumPath, args: flags });
  });
  afterAll(async () => {
    await held.browser?.close();
  });
  return {
    /** A page in a profile of its own: nothing is stored, and nobody else is there. */
    open: async (address: string, options: PageOptions = {}): Promise<WatchedPage> => {
      if (held.browser === undefined) throw new Error(noChromium);
      const context = await held.browser.newContext({
        viewport: { width: 1280, height: 720 },
        ...options,
      });
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      context.setDefaultTimeout(90_000);
      const page = await context.newPage();
      const errors: string[] = [];
      const requests: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      page.on("request", (request) => requests.push(request.url()));
      await page.goto(address);
      await page.locator(".canvas").waitFor();
      return { page, errors, requests };
    },
  };
}

interface PageOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: "dark" | "light";
  readonly hasTouch?: boolean;
  readonly reducedMotion?: "reduce";
}
