import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { browserOfFile } from "../support/chromium.js";
import { root } from "../support/diopter.js";
import { dropFile } from "../support/drop-file.js";
import { EditorPage, middle } from "../support/editor-page.js";
import { inBrowser, serverOfFile } from "../support/server-of-file.js";

const browser = browserOfFile();
const server = serverOfFile();

const picture = "examples/cottage-64x64.png";

const chain = {
  diopter: 1,
  name: "Chain",
  nodes: {
    load: { type: "image/load", version: 1, params: { path: picture } },
    resize: { type: "image/resize", version: 1, inputs: { image: ["load", "image"] } },
    save: { type: "image/save", version: 1, inputs: { image: ["resize", "image"] } },
    loose: { type: "image/invert", version: 1 },
  },
  view: { positions: { load: [0, 0], resize: [320, 0], save: [640, 0], loose: [320, 300] } },
};

const run = async (page: Page) => {
  await page.locator(".canvas").focus();
  await page.keyboard.press("Control+Enter");
};

inBrowser(
  "results are taken up again, marked as out of date, and errors stand at the port",
  async () => {
    const { page } = await browser.open(await server.put("chain", chain));
    const editor = new EditorPage(page);
    await editor.node("save").waitFor();

    // Refused before it runs: the input that is to blame is marked.
    await run(page);
    await editor.socket("loose", "input", "image").and(page.locator(".wrong")).waitFor();
    await editor.node("loose").locator(".node-error", { hasText: "is not wired" }).waitFor();
    await editor.focusByKeys("loose");
    await editor.press("Delete");

    await run(page);
    await page.locator('[data-node="save"].done').waitFor();
    await page.reload();
    await page.locator('[data-node="save"].done').waitFor();

    await editor.setParameter("resize", "scale", "3");
    await page.locator('[data-node="resize"].stale').waitFor();
    await page.locator('[data-node="save"].stale[aria-label*="Out of date"]').waitFor();
    expect(await page.locator('[data-node="load"].stale').count()).toBe(0);
    await page.locator(".canvas").focus();
    await editor.press("Control+z");
    await expect.poll(() => page.locator(".node.stale").count()).toBe(0);

    // A picture that is dropped on the node that loads one takes its place.
    const [x, y] = await middle(editor.node("load"));
    await dropFile(page, join(root, "examples/sign-127x95.png"), [x, y]);
    await page.locator('[data-node="load"].stale').waitFor();
    expect(await page.locator(".node").count()).toBe(3);
    await run(page);
    await page.locator('[data-node="save"].done').waitFor();
  },
);

inBrowser("a run goes on by itself where the server was killed in the middle", async () => {
  const upscale = JSON.parse(readFileSync(join(root, "workflows/upscale.json"), "utf8"));
  upscale.nodes.photo.params.path = picture;
  upscale.nodes.sample.params = { steps: 12, seed: 0, tile: 16, overlap: 4 };
  const { page } = await browser.open(await server.put("long", upscale));
  const editor = new EditorPage(page);
  await editor.node("save").waitFor();
  await run(page);
  await editor
    .node("sample")
    .locator(".node-note", { hasText: /step \d+\/12 · tile \d\/\d/ })
    .waitFor();
  await server.kill();
  await page.locator(".connection-note").waitFor();
  await server.restart();
  await page.locator('[data-node="save"].done').waitFor({ timeout: 120_000 });
  await page.locator(".connection-note").waitFor({ state: "detached" });
});
