import { expect } from "vitest";
import { browserOfFile } from "../support/chromium.js";
import { EditorPage, middle } from "../support/editor-page.js";
import { inBrowser, serverOfFile } from "../support/server-of-file.js";

const browser = browserOfFile();
const server = serverOfFile();

const workflow = {
  diopter: 1,
  name: "Shared",
  nodes: {
    load: { type: "image/load", version: 1 },
    resize: { type: "image/resize", version: 1, inputs: { image: ["load", "image"] } },
  },
  view: { positions: { load: [0, 0], resize: [360, 0] } },
};

const share = (id: string) => server.put(id, workflow);

const scaleIn = (editor: EditorPage) =>
  editor
    .node("resize")
    .locator(".node-parameters div", { hasText: "scale" })
    .nth(1)
    .locator("dd")
    .textContent();

inBrowser("two browsers see each other's edits and choices", async () => {
  const address = await share("both");
  const [one, two] = await Promise.all([browser.open(address), browser.open(address)]);
  const [first, second] = [new EditorPage(one.page), new EditorPage(two.page)];
  await Promise.all([first.node("resize").waitFor(), second.node("resize").waitFor()]);
  await one.page.getByRole("list", { name: "People in this workflow" }).waitFor();

  await first.addByKeys("image/save");
  await second.node("save").waitFor();
  await second.wire("resize.image", "save.image");
  await first.socket("save", "input", "image").and(one.page.locator(".wired")).waitFor();

  await first.node("load").locator(".node-title").click();
  await second.page.locator('[data-node="load"][aria-label*="chosen by"]').waitFor();

  // Who points where is seen, under the name that one has given.
  await one.page.getByRole("button", { name: /change your name$/ }).click();
  await one.page.getByRole("textbox", { name: "Name" }).last().fill("Ada");
  await first.press("Enter");
  await one.page.getByRole("dialog").waitFor({ state: "detached" });
  const [x, y] = await middle(first.node("resize").locator(".node-title"));
  await one.page.mouse.move(x, y);
  await one.page.mouse.move(x, y + 20);
  await two.page.locator(".cursor", { hasText: "Ada" }).waitFor();

  // Each takes back only what is one's own.
  await second.press("Control+z");
  await first.socket("save", "input", "image").and(one.page.locator(":not(.wired)")).waitFor();
  await first.node("save").waitFor();

  // A value that somebody else has set since is not one's own any more.
  await first.setParameter("resize", "scale", "3");
  await expect.poll(() => scaleIn(second)).toBe("3 ×");
  await second.setParameter("resize", "scale", "4");
  await expect.poll(() => scaleIn(first)).toBe("4 ×");
  await one.page.locator(".canvas").focus();
  await first.press("Control+z");
  await one.page.getByText("Somebody has changed the same value since.").first().waitFor();
  expect(await scaleIn(first)).toBe("4 ×");
  expect([...one.errors, ...two.errors]).toEqual([]);
});

inBrowser("edits made while the server is away are there when it is back", async () => {
  const address = await share("away");
  const { page } = await browser.open(address);
  const editor = new EditorPage(page);
  await editor.node("resize").waitFor();
  await editor.addByKeys("image/save");
  await page.getByText("Saved", { exact: true }).waitFor();

  await server.kill();
  await page.locator(".connection-note").waitFor();
  await editor.wire("resize.image", "save.image");
  const [x, y] = await middle(editor.node("load").locator(".node-title"));
  await editor.drag([x, y], [x - 80, y + 160]);
  await server.restart();
  await page.locator(".connection-note").waitFor({ state: "detached" });

  await expect
    .poll(() => editor.saved("away"))
    .toMatchObject({ nodes: { save: { inputs: { image: ["resize", "image"] } } } });
  const place = await editor.node("load").boundingBox();
  await page.reload();
  await editor.socket("save", "input", "image").and(page.locator(".wired")).waitFor();
  expect(place).not.toBeNull();
});
