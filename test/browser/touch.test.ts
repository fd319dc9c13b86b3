import type { Page } from "playwright-core";
import { beforeAll, beforeEach, expect } from "vitest";
import { browserOfFile, noChromium } from "../support/chromium.js";
import { EditorPage, middle, type Place } from "../support/editor-page.js";
import { Fingers } from "../support/fingers.js";
import { inBrowser, serverOfFile } from "../support/server-of-file.js";

const browser = browserOfFile();
const server = serverOfFile();
let page: Page;
let errors: readonly string[];
let editor: EditorPage;
let fingers: Fingers;

const chain = {
  diopter: 1,
  name: "Chain",
  nodes: {
    load: { type: "image/load", version: 1 },
    resize: { type: "image/resize", version: 1, inputs: { image: ["load", "image"] } },
    invert: { type: "image/invert", version: 1 },
  },
  view: { positions: { load: [40, 40], resize: [360, 40], invert: [360, 320] } },
};

beforeAll(async () => {
  if (noChromium !== undefined) return;
  const viewport = { width: 1024, height: 768 };
  ({ page, errors } = await browser.open(server.address, { viewport, hasTouch: true }));
  editor = new EditorPage(page);
  fingers = await Fingers.on(page);
});

let count = 0;
let id = "";

beforeEach(async () => {
  if (noChromium !== undefined) return;
  count += 1;
  id = `touched-${count}`;
  await page.goto(await server.put(id, chain));
  await page.reload();
  await editor.node("invert").waitFor();
});

/** A place of the canvas where nothing is. */
const empty: Place = [200, 560];

const nodesChosen = () => page.locator(".node.selected").count();
const titleOf = (node: string) => middle(editor.node(node).locator(".node-title"));
const dotOf = (node: string, side: "input" | "output") =>
  middle(editor.socket(node, side, "image").locator(".dot"));
const holds = () => page.locator(".socket.held").count();

const zoom = async () => Number.parseInt((await page.locator(".percent").textContent()) ?? "", 10);
const wiredTo = (from: string) =>
  editor.socket("invert", "input", "image").and(page.locator(`[aria-label*="wired to ${from}"]`));

/** Holds a finger still until it counts as a long press. */
async function rest(place: Place, isResting: () => Promise<boolean>): Promise<void> {
  await fingers.press(place);
  await expect.poll(isResting).toBe(true);
}

inBrowser("one finger pans, two zoom about what is under them, and the page stays", async () => {
  const before = await titleOf("load");
  await fingers.drag(empty, [empty[0] + 60, empty[1] - 40]);
  await expect.poll(() => titleOf("load")).toEqual([before[0] + 60, before[1] - 40]);

  // Both land on nodes, which stay where they are on the canvas.
  const [first, second] = [await titleOf("load"), await titleOf("resize")];
  await fingers.press(first, second);
  await fingers.move([first[0], first[1] + 150], [second[0] + 160, second[1] + 150]);
  await expect.poll(zoom).toBe(150);
  await fingers.lift();
  for (const [node, [x, y]] of [
    ["load", [first[0], first[1] + 150]],
    ["resize", [second[0] + 160, second[1] + 150]],
  ] as const) {
    const [nowX, nowY] = await titleOf(node);
    expect(nowX).toBeCloseTo(x, 0);
    expect(nowY).toBeCloseTo(y, 0);
  }
  expect(await page.evaluate("[visualViewport.scale, visualViewport.offsetTop, scrollY]")).toEqual([
    1, 0, 0,
  ]);
});

inBrowser("a finger chooses and drags nodes", async () => {
  await fingers.tap(await titleOf("load"));
  await expect.poll(nodesChosen).toBe(1);
  const [x, y] = await titleOf("invert");
  await fingers.drag([x, y], [x + 80, y + 40]);
  await expect
    .poll(() => editor.saved(id))
    .toMatchObject({ view: { positions: { invert: [440, 360] } } });

  await page.getByRole("button", { name: "Choose several nodes" }).click();
  await fingers.tap(await titleOf("load"));
  await expect.poll(nodesChosen).toBe(2);
});

inBrowser("a long press opens the menus, and draws a box where it then moves", async () => {
  const menu = page.getByRole("menu");
  await rest(await titleOf("resize"), () => menu.isVisible());
  await fingers.lift();
  expect(await page.getByRole("menuitem", { name: "Run to this node" }).isVisible()).toBe(true);
  await page.keyboard.press("Escape");

  const ring = page.locator(".resting-finger");
  await rest(empty, () => ring.isVisible());
  await fingers.lift();
  await page.getByRole("menuitem", { name: "Select all nodes" }).waitFor();
  await page.keyboard.press("Escape");

  await rest(empty, () => ring.isVisible());
  const [x, y] = await titleOf("load");
  await fingers.move([x, y]);
  await fingers.move([x + 400, y - 20]);
  await fingers.lift();
  await expect.poll(nodesChosen).toBe(3);
  expect(await menu.count()).toBe(0);
});

inBrowser("upright, side panes lie over the canvas and over nothing else", async () => {
  await page.setViewportSize({ width: 820, height: 1180 });
  await page.keyboard.press("Alt+q");
  const [bar, below] = [page.locator(".top-bar"), page.locator(".pane.bottom")];
  for (const [keys, side] of [
    ["Alt+1", "left"],
    ["Alt+3", "right"],
  ] as const) {
    await page.keyboard.press(keys);
    // One at a time, between the bar above and the pane below.
    await expect.poll(() => page.locator(".pane.left, .pane.right").count()).toBe(1);
    const pane = await page.locator(`.pane.${side}`).boundingBox();
    const [above, under] = [await bar.boundingBox(), await below.boundingBox()];
    expect(pane?.y).toBe(above?.height);
    expect(pane?.height).toBe((under?.y ?? 0) - (above?.height ?? 0));
  }
  for (const keys of ["Alt+2", "Alt+3"]) await page.keyboard.press(keys);
  await page.setViewportSize({ width: 1024, height: 768 });
});

inBrowser("a double tap adds a node", async () => {
  await fingers.tap(empty);
  await fingers.tap(empty);
  const field = page.locator(".search-menu input");
  await field.waitFor();
  await page.keyboard.type("image crop");
  await page.locator('.choice[aria-selected="true"]', { hasText: "Crop" }).click();
  await editor.node("crop").waitFor();
});

inBrowser("wires are led by taps near sockets, by drags, and let go of by a tap", async () => {
  const [x, y] = await dotOf("resize", "output");
  // Beside the socket, as fingers press.
  await fingers.tap([x + 16, y + 8]);
  await expect.poll(holds).toBe(1);
  await editor.socket("load", "output", "image").and(page.locator(".dimmed")).waitFor();
  // The view may be moved on the way.
  await fingers.drag(empty, [empty[0] + 24, empty[1]]);
  const [inputX, inputY] = await dotOf("invert", "input");
  await fingers.tap([inputX - 14, inputY - 8]);
  await wiredTo("resize.image").waitFor();

  await fingers.tap(await dotOf("resize", "output"));
  await expect.poll(holds).toBe(1);
  await fingers.tap(empty);
  await expect.poll(holds).toBe(0);
  await wiredTo("resize.image").waitFor();

  await fingers.tap(await dotOf("load", "output"));
  await fingers.tap(await dotOf("resize", "output"));
  await page.getByText("Two outputs cannot be wired together.").waitFor();
  expect(await holds()).toBe(0);

  const start = await dotOf("load", "output");
  const end = await dotOf("invert", "input");
  await fingers.drag(start, [end[0] - 14, end[1] + 8]);
  await wiredTo("load.image").waitFor();
  expect(errors).toEqual([]);
});
