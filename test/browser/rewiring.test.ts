import { expect } from "vitest";
import { browserOfFile } from "../support/chromium.js";
import { EditorPage } from "../support/editor-page.js";
import { inBrowser, serverOfFile } from "../support/server-of-file.js";

const browser = browserOfFile();
const server = serverOfFile();

const chain = {
  diopter: 1,
  name: "Chain",
  nodes: {
    load: { type: "image/load", version: 1 },
    resize: { type: "image/resize", version: 1, inputs: { image: ["load", "image"] } },
    save: { type: "image/save", version: 1, inputs: { image: ["resize", "image"] } },
  },
  view: { positions: { load: [0, 0], resize: [320, 0], save: [640, 0] } },
};

inBrowser("a wire is chosen, cut open and a node replaced by keys alone", async () => {
  await server.put("chain", chain);
  const { page, errors } = await browser.open(`${server.address}#workflow=chain`);
  const editor = new EditorPage(page);
  await editor.node("save").waitFor();
  await page.locator(".canvas").focus();
  await editor.focusByKeys("save");
  await editor.press("Enter", "Enter");
  await page.getByRole("menuitem", { name: /^Choose: Wire from resize.image/ }).press("Enter");
  await editor.press("i");
  await page.locator(".search-menu").waitFor();
  await page.keyboard.type("image crop");
  await editor.press("Enter");
  await expect
    .poll(() => editor.saved("chain"))
    .toMatchObject({
      nodes: {
        crop: { inputs: { image: ["resize", "image"] } },
        save: { inputs: { image: ["crop", "image"] } },
      },
    });

  await editor.focusByKeys("resize");
  await editor.press("r");
  await page.locator(".search-menu").waitFor();
  await page.keyboard.type("image invert");
  await editor.press("Enter");
  await expect
    .poll(() => editor.saved("chain"))
    .toMatchObject({
      nodes: {
        resize: { type: "image/invert", inputs: { image: ["load", "image"] } },
        crop: { inputs: { image: ["resize", "image"] } },
      },
    });
  expect(errors).toEqual([]);
});

const soft = (input: string) => ({
  diopter: 1,
  name: "Soft",
  nodes: {
    in: { type: "workflow/input", version: 1, params: { name: input, socket: "IMAGE" } },
    larger: { type: "image/resize", version: 1, inputs: { image: ["in", "value"] } },
    out: {
      type: "workflow/output",
      version: 1,
      params: { name: "softer", socket: "IMAGE" },
      inputs: { value: ["larger", "image"] },
    },
  },
  interface: { enlarge: "larger.scale" },
});

inBrowser("a saved workflow is a node with the ports that its file gives it", async () => {
  await server.put("soft", soft("picture"));
  await server.put("outer", { ...chain, name: "Outer" });
  const { page, errors } = await browser.open(`${server.address}#workflow=outer`);
  const editor = new EditorPage(page);
  await editor.node("save").waitFor();
  await page.locator(".canvas").focus();
  await editor.press("Space");
  await page.locator(".choice", { hasText: "Soft" }).first().waitFor();
  await page.keyboard.type("Soft");
  await editor.press("Enter");
  await editor.node("call").waitFor();
  await editor.socket("call", "input", "picture").waitFor({ state: "attached" });
  await editor.wireByKeys("load.image", "call.picture");
  await editor.press("Escape");
  await editor.setParameter("call", "enlarge", "3");

  // Saved anew elsewhere: the ports change here, and the wire is kept until a person moves it.
  await server.put("soft", soft("photo"));
  await editor.socket("call", "input", "photo").waitFor();
  await editor.socket("call", "input", "picture").and(page.locator(".gone")).waitFor();
  const fault = page.locator(".node-faults");
  await fault.getByText('"call" has no input "picture" any more.').waitFor();
  const calls = { params: { path: "soft.json", enlarge: 3 } };
  await expect
    .poll(() => editor.saved("outer"))
    .toMatchObject({ nodes: { call: { ...calls, inputs: { picture: ["load", "image"] } } } });
  await editor.dragTo(
    editor.socket("call", "input", "picture").locator(".dot"),
    editor.socket("call", "input", "photo").locator(".dot"),
  );
  await fault.waitFor({ state: "detached" });
  await page.locator(".canvas").focus();
  await editor.press("Control+z");
  await fault.waitFor();
  await editor.press("Control+Shift+z");
  await fault.waitFor({ state: "detached" });
  await expect
    .poll(() => editor.saved("outer"))
    .toMatchObject({ nodes: { call: { ...calls, inputs: { photo: ["load", "image"] } } } });

  await editor.focusByKeys("call");
  await editor.press("o");
  await editor.node("out").waitFor();
  expect(await page.locator(".document-name").textContent()).toContain("Soft");
  expect(errors).toEqual([]);
});

inBrowser("what is shared as one file comes back with its picture", async () => {
  const { page } = await browser.open(server.address);
  const editor = new EditorPage(page);
  await page.keyboard.press("Alt+t");
  await page
    .getByRole("button", { name: /^Upscale .*ships/ })
    .first()
    .click();
  await editor.node("save").waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Share as one file");
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const path = await (await download).path();
  await page.keyboard.press("Alt+n");
  await editor.node("save").waitFor({ state: "detached" });
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Control+i");
  await (await chooser).setFiles({
    name: "shared.diopter.json",
    mimeType: "application/json",
    buffer: await import("node:fs/promises").then(({ readFile }) => readFile(path)),
  });
  await editor.node("save").waitFor();
  await expect
    .poll(() => editor.node("photo").locator(".node-parameters dd").first().textContent())
    .toContain("uploads/");
});
