import type { Page } from "playwright-core";
import { expect } from "vitest";
import { violationsOn } from "../support/axe.js";
import { browserOfFile } from "../support/chromium.js";
import { inBrowser, serverOfFile } from "../support/server-of-file.js";

const browser = browserOfFile();
const server = serverOfFile();

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
    "nodes out of play",
    async (page) => {
      await page.keyboard.press("b");
      await page.locator('[data-node="decode"] .node-title').click();
      await page.keyboard.press("m");
      await page.locator('[data-node="decode"].muted').waitFor();
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
  const { page } = await browser.open(server.address, {
    colorScheme: theme,
    // Colours on their way from one to another are no colours of the theme.
    reducedMotion: "reduce",
  });
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

/** Goes once around by Tab. Gives what was not reached, and what does not show that it has the focus. */
async function tour(page: Page): Promise<readonly string[]> {
  await page.evaluate("window.reached = new Set(); document.activeElement.blur()");
  const unseen: string[] = [];
  for (let stop = 0; stop < 300; stop++) {
    await page.keyboard.press("Tab");
    const sign = await page.evaluate<string | null>(`(() => {
      const one = document.activeElement;
      if (window.reached.has(one)) return null;
      window.reached.add(one);
      // Between the last and the first lies the browser's own window.
      if (one === document.body) return "";
      const isOutlined = [one, one.nextElementSibling, ...one.children].some(
        (part) => part !== null && getComputedStyle(part).outlineStyle !== "none",
      );
      const isLit = getComputedStyle(one, "::after").opacity === "1" && one.matches(".separator");
      return isOutlined || isLit ? "" : "No sign of focus: " + one.outerHTML.slice(0, 160);
    })()`);
    if (sign === null) break;
    if (sign !== "") unseen.push(sign);
  }
  const missed = await page.evaluate<string[]>(`(() => {
    const pressed = "button, a[href], input, select, textarea, [role=slider], [role=separator]";
    // One of each group is a stop: arrow keys lead to the others.
    const byArrows = "[role=tab][aria-selected=false], [type=radio], [data-node] *, .library:not(.outline) .choice";
    return [...document.querySelectorAll(pressed)]
      .filter((one) => one.checkVisibility() && !one.disabled && !one.matches(byArrows))
      .filter((one) => !window.reached.has(one))
      .map((one) => "Not reached: " + one.outerHTML.slice(0, 160));
  })()`);
  return [...unseen, ...missed];
}

inBrowser("Tab reaches all that can be pressed, and shows where it is", async () => {
  const { page } = await browser.open(server.address, { reducedMotion: "reduce" });
  await openTemplate(page);
  await page.keyboard.press("Alt+1");
  await page.keyboard.press("Alt+q");
  // Its panel is loaded when it is first shown.
  await page.getByRole("button", { name: "Pause the queue" }).waitFor();
  await page.locator('[data-node="sample"] .node-title').click();
  expect(await tour(page)).toEqual([]);
  for (const name of ["Outline", "Grid", "Interface"]) {
    await page.getByRole("tab", { name, exact: true }).click();
  }
  await page.getByText("No table yet").waitFor();
  expect(await tour(page)).toEqual([]);
});
