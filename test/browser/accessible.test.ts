import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violationsOn } from "../support/axe.js";
import { browserOfFile, noChromium } from "../support/chromium.js";
import { type ServedDiopter, serveDiopter } from "../support/serve.js";

const browser = browserOfFile();
let server: ServedDiopter;

beforeAll(async () => {
  if (noChromium === undefined) server = await serveDiopter();
});
afterAll(() => server?.close());

const inBrowser = test.skipIf(noChromium !== undefined);

async function openTemplate(page: Page): Promise<void> {
  await page.keyboard.press("Alt+t");
  await page.getByRole("button", { name: /^TSS /i }).click();
  await page.locator('[data-node="sample"]').waitFor();
}

type View = readonly [name: string, show: (page: Page) => Promise<void>];

/** Each view is shown on top of the one before it, and left by Escape. */
const views: readonly View[] = [
  ["empty canvas", async () => {}],
  ["templates", async (page) => void (await page.keyboard.press("Alt+t"))],
  ["keys", async (page) => void (await page.keyboard.press("?"))],
  ["all actions", async (page) => void (await page.keyboard.press("Control+k"))],
  ["library dialog", async (page) => void (await page.keyboard.press("Control+o"))],
  ["save", async (page) => void (await page.keyboard.press("Control+s"))],
];

const graphViews: readonly View[] = [
  ["graph", async () => {}],
  [
    "node",
    async (page) => {
      await page.locator('[data-node="sample"] .node-title').click();
      await page.locator(".inspector, [data-panel]").first().waitFor();
    },
  ],
  [
    "search",
    async (page) => {
      await page.locator(".canvas").focus();
      await page.keyboard.press("Space");
      await page.locator(".search-menu").waitFor();
    },
  ],
  [
    "menu",
    async (page) => {
      await page.locator('[data-node="sample"] .node-title').click({ button: "right" });
      await page.getByRole("menu").waitFor();
    },
  ],
  ["interface", async (page) => void (await page.getByRole("tab", { name: "Interface" }).click())],
  ["list of nodes", async (page) => void (await page.keyboard.press("Alt+1"))],
  ["outline", async (page) => void (await page.getByRole("tab", { name: "Outline" }).click())],
  ["queue", async (page) => void (await page.keyboard.press("Alt+q"))],
  ["viewer", async (page) => void (await page.keyboard.press("Alt+v"))],
  ["grid", async (page) => void (await page.getByRole("tab", { name: "Grid" }).click())],
];

inBrowser.each(["dark", "light"] as const)("axe finds nothing in the %s theme", async (theme) => {
  const { page } = await browser.open(server.address, { colorScheme: theme });
  const found: string[] = [];
  const check = async ([name, show]: View) => {
    await show(page);
    await page.waitForLoadState("networkidle");
    found.push(...(await violationsOn(page)).map((violation) => `${name}: ${violation}`));
    await page.keyboard.press("Escape");
  };
  for (const view of views) await check(view);
  await openTemplate(page);
  for (const view of graphViews) await check(view);
  expect(found).toEqual([]);
});
