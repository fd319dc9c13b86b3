import { afterAll, beforeAll, test } from "vitest";
import { noChromium } from "./chromium.js";
import { type ServedDiopter, serveDiopter } from "./serve.js";

/** A test that is skipped where there is no browser. */
export const inBrowser: ReturnType<typeof test.skipIf> = test.skipIf(noChromium !== undefined);

/** A server for the browser tests of a file. */
export function serverOfFile(): ServedDiopter {
  const held: { server?: ServedDiopter } = {};
  beforeAll(async () => {
    if (noChromium === undefined) held.server = await serveDiopter();
  });
  afterAll(() => held.server?.close());
  const server = (): ServedDiopter => {
    if (held.server === undefined) throw new Error("The server runs only within tests.");
    return held.server;
  };
  return {
    get address() {
      return server().address;
    },
    get data() {
      return server().data;
    },
    put: (id, workflow) => server().put(id, workflow),
    kill: () => server().kill(),
    restart: () => server().restart(),
    close: () => server().close(),
  };
}
