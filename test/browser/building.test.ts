import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { browserOfFile } from "../support/chromium.js";
import { EditorPage, middle } from "../support/editor-page.js";
import { inBrowser, serverOfFile } from "../support/server-of-file.js";

const browser = browserOfFile();
const server = serverOfFile();

inBrowser("nodes and wires are made with the mouse, taken back and made again", async () => {
  const { page, errors } = await browser.open(server.address);
  const editor = new EditorPage(page);
  await editor.addByMouse("image/load", [160, 200]);
  await editor.addByMouse("image/resize", [480, 200]);
  await editor.addByMouse("image/save", [800, 200]);
  await editor.wire("load.image", "resize.image");
  await editor.wire("resize.image", "save.image");
  await expect.poll(() => page.locator(".node").count()).toBe(3);
  for (let count = 0; count < 5; count++) await editor.press("Control+z");
  await expect.poll(() => page.locator(".node").count()).toBe(0);
  for (let count = 0; count < 5; count++) await editor.press("Control+Shift+z");
  await editor.socket("save", "input", "image").and(page.locator(".wired")).waitFor();
  await expect.poll(() => page.locator(".node").count()).toBe(3);
  expect(errors).toEqual([]);
});

const upscaleTypes = [
  "image/load",
  "model/load-vae",
  "model/load-denoiser",
  "image/resize",
  "latent/encode",
  "sampling/sample",
  "latent/decode",
  "image/color-fix",
  "image/save",
];

const upscaleWires = [
  ["load.image", "resize.image"],
  ["resize.image", "encode.image"],
  ["load-vae.vae", "encode.vae"],
  ["load-denoiser.denoiser", "sample.denoiser"],
  ["encode.latent", "sample.original"],
  ["load.image", "sample.picture"],
  ["sample.latent", "decode.latent"],
  ["load-vae.vae", "decode.vae"],
  ["resize.image", "decode.like"],
  ["decode.image", "color-fix.image"],
  ["load.image", "color-fix.reference"],
  ["color-fix.image", "save.image"],
] as const;

inBrowser(
  "the upscale workflow is built, put in order, saved and opened again by keys alone",
  async () => {
    const { page, errors } = await browser.open(server.address);
    const editor = new EditorPage(page);
    for (const type of upscaleTypes) await editor.addByKeys(type);
    for (const [from, to] of upscaleWires) await editor.wireByKeys(from, to);
    await editor.press("l");
    await editor.press("Control+s");
    await page.getByRole("dialog").waitFor();
    await editor.press("Control+a");
    await page.keyboard.type("by keys");
    await editor.press("Enter");
    await page.getByText("Saved as by keys").waitFor();
    await page.reload();
    await expect.poll(() => page.locator(".node").count()).toBe(upscaleTypes.length);
    expect(await editor.saved("by keys")).toMatchObject({
      name: "by keys",
      nodes: {
        sample: {
          type: "sampling/sample",
          inputs: {
            denoiser: ["load-denoiser", "denoiser"],
            original: ["encode", "latent"],
            picture: ["load", "image"],
          },
        },
        save: { inputs: { image: ["color-fix", "image"] } },
      },
    });
    expect(errors).toEqual([]);
  },
);

inBrowser("an incompatible socket is dimmed, refuses the wire and says why", async () => {
  const { page } = await browser.open(server.address);
  const editor = new EditorPage(page);
  await editor.addByMouse("image/load", [160, 200]);
  await editor.addByMouse("latent/decode", [560, 200]);
  const [x, y] = await middle(editor.socket("load", "output", "image").locator(".dot"));
  const target = editor.socket("decode", "input", "vae").locator(".dot");
  await page.mouse.move(x, y);
  await page.mouse.down();
  const [toX, toY] = await middle(target);
  await page.mouse.move(toX, toY, { steps: 4 });
  await editor.socket("decode", "input", "vae").and(page.locator(".dimmed")).waitFor();
  await editor.socket("decode", "input", "like").and(page.locator(".fits")).waitFor();
  await page.mouse.up();
  await page.getByText("The output gives IMAGE and the input takes VAE.").waitFor();
  expect(await page.locator(".socket.wired").count()).toBe(0);
});

inBrowser("a wire that is dropped on nothing offers only nodes that take it", async () => {
  const { page } = await browser.open(server.address);
  const editor = new EditorPage(page);
  await editor.addByMouse("latent/encode", [160, 200]);
  const [x, y] = await middle(editor.socket("encode", "output", "latent").locator(".dot"));
  await editor.drag([x, y], [x + 300, y + 120]);
  await page.locator(".search-menu").waitFor();
  const types = await page.locator(".choice .type").allTextContents();
  expect(types).toContain("latent/decode");
  expect(types).not.toContain("image/save");
  await page.keyboard.type("decode");
  await editor.press("Enter");
  await editor.socket("decode", "input", "latent").and(page.locator(".wired")).waitFor();
});

inBrowser(
  "nodes are copied as text, duplicated, bypassed, framed and inserted on a wire",
  async () => {
    const { page, errors } = await browser.open(server.address);
    const editor = new EditorPage(page);
    await editor.addByMouse("image/load", [120, 120]);
    await editor.addByMouse("image/save", [760, 120]);
    await editor.wire("load.image", "save.image");
    await editor.addByMouse("image/resize", [440, 480]);
    const [x, y] = await middle(editor.node("resize").locator(".node-title"));
    const [, wireY] = await middle(editor.socket("load", "output", "image").locator(".dot"));
    await editor.drag([x, y], [x, wireY]);
    await editor.socket("resize", "output", "image").and(page.locator(".wired")).waitFor();
    await editor.press("b");
    await page.locator('[data-node="resize"].bypassed').waitFor();
    await editor.press("Control+c");
    expect(await page.evaluate("navigator.clipboard.readText()")).toContain("image/resize");
    await editor.press("Control+v");
    await editor.node("resize-2").waitFor();
    await editor.press("Control+d");
    await editor.node("resize-3").waitFor();
    await editor.press("g");
    await page.locator(".frame-name").waitFor();
    await editor.press("Delete");
    await page.locator(".frame-name").waitFor({ state: "detached" });
    expect(errors).toEqual([]);
  },
);

inBrowser("Escape takes back what is being dragged", async () => {
  const { page } = await browser.open(server.address);
  const editor = new EditorPage(page);
  await editor.addByMouse("image/load", [160, 200]);
  const title = editor.node("load").locator(".node-title");
  const [x, y] = await middle(title);
  const drag = async () => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 160, y + 80, { steps: 4 });
  };
  const isAt = (left: number) => expect.poll(async () => (await middle(title))[0]).toBe(left);
  await drag();
  await isAt(x + 160);
  await editor.press("Escape");
  await isAt(x);
  await page.mouse.up();
  await isAt(x);
  await page.keyboard.down("Alt");
  await drag();
  await page.keyboard.up("Alt");
  await expect.poll(() => page.locator(".node").count()).toBe(2);
  await editor.press("Escape");
  await page.mouse.up();
  await expect.poll(() => page.locator(".node").count()).toBe(1);
  await drag();
  await page.mouse.up();
  await isAt(x + 160);
  await editor.press("Control+z");
  await isAt(x);
});

inBrowser("a browser that wants to show a node cannot scroll it away from its wires", async () => {
  const { page } = await browser.open(server.address);
  const editor = new EditorPage(page);
  await editor.addByMouse("image/load", [300, 300]);
  const scrolled = await editor.node("load").evaluate((node) => {
    node.style.top = "5000px";
    node.scrollIntoView();
    return node.closest(".canvas")?.scrollTop;
  });
  expect(scrolled).toBe(0);
});

inBrowser("nodes and frames change their size, and a wire is led through points", async () => {
  const { page, errors } = await browser.open(server.address);
  const editor = new EditorPage(page);
  await editor.addByMouse("image/load", [160, 200]);
  await editor.addByMouse("image/save", [700, 200]);
  await editor.wire("load.image", "save.image");
  const widthOf = async (element: Locator) => (await element.boundingBox())?.width ?? 0;
  const width = () => widthOf(editor.node("load"));
  const usual = await width();
  // Beside the parameters: the sockets lie over the edge further up.
  const edge = async () => {
    const box = await editor.node("load").boundingBox();
    return [(box?.x ?? 0) + (box?.width ?? 0), (box?.y ?? 0) + (box?.height ?? 0) - 12] as const;
  };
  const [x, y] = await edge();
  await editor.drag([x, y], [x + 80, y]);
  await expect.poll(width).toBe(usual + 80);
  await editor.node("load").locator(".node-title").click();
  await editor.press("Control+Shift+ArrowLeft");
  await expect.poll(width).toBe(usual + 64);
  await editor.press("Control+z", "Control+z");
  await expect.poll(width).toBe(usual);
  await editor.press("Control+Shift+z");
  await page.mouse.dblclick(...(await edge()));
  await expect.poll(width).toBe(usual);

  await editor.node("load").locator(".node-title").click();
  await editor.press("g");
  await page.locator(".frame-name").dblclick();
  await page.keyboard.type("Picture");
  await editor.press("Enter");
  await page.getByRole("button", { name: "Picture", exact: true }).click();
  const frame = page.locator(".frame-title");
  const framed = await widthOf(frame);
  await editor.press("Control+Shift+ArrowRight");
  await expect.poll(() => widthOf(frame)).toBeGreaterThan(framed);

  const copied = async () => {
    await editor.press("Control+a", "Control+c");
    return rerouted(await page.evaluate("navigator.clipboard.readText()"));
  };
  const chooseWire = async () => {
    await editor.focusByKeys("save");
    await editor.press("Enter", "Enter");
    await page.getByRole("menuitem", { name: /^Choose: Wire/ }).press("Enter");
  };
  await chooseWire();
  await editor.press("w", "w", "Shift+ArrowDown");
  const [first, second] = await copied();
  expect(first).toBeDefined();
  await chooseWire();
  await editor.press(".", "Shift+ArrowDown");
  expect(await copied()).toEqual([[first?.[0], (first?.[1] ?? 0) + 8], second]);
  await chooseWire();
  await editor.press(".", "Delete");
  expect(await copied()).toEqual([second]);
  expect(errors).toEqual([]);
});

function rerouted(clipping: unknown): readonly (readonly number[])[] {
  return JSON.parse(String(clipping)).reroutes?.["save.image"] ?? [];
}
