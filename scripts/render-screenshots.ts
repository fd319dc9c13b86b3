import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import sharp from "sharp";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "docs/pictures/editor");
const longest = 300_000;

/** Pictures of the editor's main views in both themes, for the documentation. */
async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.DIOPTER_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    for (const theme of ["dark", "light"] as const) await serveAndShow(browser, theme);
  } finally {
    await browser.close();
  }
}

/** A server for each theme, so that both see a run that has computed everything. */
async function serveAndShow(browser: Browser, theme: Theme): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), "diopter-screenshots-"));
  const command = join(root, "packages/cli/bin/diopter.js");
  const server = spawn(process.execPath, [command, "serve", "--data", data, "--port", "0"]);
  try {
    const address = await addressOf(server.stdout);
    await showAll(browser, address, theme);
    await showTiles(browser, address, theme);
  } finally {
    server.kill();
    rmSync(data, { recursive: true, force: true });
  }
}

function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => {
    output.on("data", (text: Buffer) => {
      const [address] = /http:\/\/\S+/.exec(text.toString()) ?? [];
      if (address !== undefined) resolve(address);
    });
  });
}

type Theme = "dark" | "light";

async function showAll(browser: Browser, address: string, theme: Theme): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
  });
  const take = (name: string) => takePicture(page, `${name}-${theme}`);
  await page.goto(address);
  await page.locator(".canvas").focus();
  await page.keyboard.press("Alt+t");
  await page.locator(".template img").first().waitFor();
  await take("templates");
  await openTemplate(page, /^TSS /);
  await page.keyboard.press("l");
  await page.keyboard.press("Control+Enter");
  await page.locator(".node.failed, [data-node='save'].done").first().waitFor({ timeout: longest });
  await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator('[data-node="sample"] .node-title').click();
  await take("graph");
  await page.keyboard.press("Alt+v");
  const edge = page.getByRole("separator", { name: "Resize Queue and pictures" });
  for (let step = 0; step < 7; step++) await edge.press("ArrowUp");
  await page.locator(".canvas").focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("f");
  await page.locator('[data-node="sample"] .node-title').click();
  await take("editor");
  await page.getByRole("button", { name: "Enlarge", exact: true }).click();
  await take("viewer");
  await page.locator(".pane.bottom button", { hasText: "Curves" }).click();
  await take("curves");
  await page.getByRole("button", { name: "Make smaller", exact: true }).click();
  await page.keyboard.press("Alt+q");
  await page.getByRole("tab", { name: "Interface" }).click();
  await page.locator("[data-parameter]").first().waitFor();
  await take("interface");
  await page.keyboard.press("Alt+2");
  await page.locator(".canvas").focus();
  await page.keyboard.press("f");
  await page.keyboard.press("Space");
  await page.keyboard.type("schedule");
  await take("search");
  await page.close();
}

/** The tiles of an adaptive run, step by step. */
async function showTiles(browser: Browser, address: string, theme: Theme): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
  });
  await page.goto(address);
  await page.locator(".canvas").focus();
  await page.keyboard.press("Alt+t");
  await openTemplate(page, /^AdaDiffSR /);
  await page.locator(".canvas").focus();
  await page.keyboard.press("Control+Enter");
  await page.locator(".node.failed, [data-node='save'].done").first().waitFor({ timeout: longest });
  await page.keyboard.press("Alt+v");
  await page.getByRole("button", { name: "Enlarge", exact: true }).click();
  await page.locator(".pane.bottom button", { hasText: "Tiles" }).first().click();
  await takePicture(page, `tiles-${theme}`);
  await page.close();
}

async function openTemplate(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("button", { name }).click();
  await page.locator(".node").first().waitFor();
}

async function takePicture(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.locator("[aria-busy='true']").first().waitFor({ state: "detached" });
  // Notices come and go: a picture would show them by chance.
  for (const close of await page.locator(".notice .icon").all()) await close.click();
  const bytes = await page.screenshot({ animations: "disabled" });
  await sharp(bytes)
    .webp({ quality: 88, effort: 6 })
    .toFile(join(folder, `${name}.webp`));
  console.log(`${name}.webp`);
}

await main();
