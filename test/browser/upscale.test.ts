import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { z } from "zod";
import { browserOfFile } from "../support/chromium.js";
import { root, workspace } from "../support/diopter.js";
import { dropFile } from "../support/drop-file.js";
import { EditorPage } from "../support/editor-page.js";
import { inBrowser, serverOfFile } from "../support/server-of-file.js";

const browser = browserOfFile();
const { diopter } = workspace();
const server = serverOfFile();

const jobsSchema = z.object({
  jobs: z.array(z.object({ results: z.array(z.object({ hash: z.string() })) })),
});

/** The hash of what the newest job made. */
async function newestResult(page: Page): Promise<string> {
  const answer = await page.request.get(new URL("api/v1/jobs", server.address).href);
  return jobsSchema.parse(await answer.json()).jobs[0]?.results[0]?.hash ?? "";
}

const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

inBrowser(
  "a pipeline is wired from nothing, run, looked at, undone, saved and run headless",
  async () => {
    const { page, errors, requests } = await browser.open(server.address);
    const editor = new EditorPage(page);
    // The picture comes as it would from a file manager: dropped on the canvas.
    await dropFile(page, join(root, "examples/cottage-64x64.png"), [120, 160]);
    const load = page.locator(".node").first();
    await load.waitFor();
    await expect.poll(() => load.getAttribute("data-node")).toBe("load");
    for (const type of [
      "image/resize",
      "model/load-vae",
      "latent/encode",
      "model/load-denoiser",
      "sampling/sample",
      "latent/decode",
      "image/save",
    ]) {
      await editor.addByKeys(type);
    }
    await editor.press("l");
    for (const [from, to] of [
      ["load.image", "resize.image"],
      ["resize.image", "encode.image"],
      ["load-vae.vae", "encode.vae"],
      ["encode.latent", "sample.original"],
      ["load-denoiser.denoiser", "sample.denoiser"],
      ["load.image", "sample.picture"],
      ["sample.latent", "decode.latent"],
      ["load-vae.vae", "decode.vae"],
      ["decode.image", "save.image"],
    ] as const) {
      await editor.wireByKeys(from, to);
    }
    await editor.press("l");
    await editor.setParameter("resize", "scale", "4");
    await editor.setParameter("sample", "steps", "3");
    await editor.setParameter("save", "path", "large.png");

    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.locator('[data-node="save"].done').waitFor({ timeout: 120_000 });

    await editor.press("Alt+v");
    await seePictureChange(page);

    const undo = page.getByRole("button", { name: /^Undo/ });
    while (await undo.isEnabled()) await undo.click();
    await expect.poll(() => page.locator(".node").count()).toBe(0);
    const redo = page.getByRole("button", { name: /^Redo/ });
    while (await redo.isEnabled()) await redo.click();
    await editor.node("save").waitFor();

    await page.locator(".canvas").focus();
    await editor.press("Control+s");
    await page.getByRole("dialog").waitFor();
    await editor.press("Control+a");
    await page.keyboard.type("large");
    await editor.press("Enter");
    await page.getByText("Saved as large").waitFor();
    await page.reload();
    await editor.node("save").waitFor();

    // A picture tells the name of its workflow, which it has only since it was saved.
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.locator('[data-node="save"].done').waitFor({ timeout: 120_000 });
    await expect.poll(() => newestResult(page)).not.toBe("");
    const made = await newestResult(page);
    const library = join(server.data, "library");
    const call = await diopter(["run", "large.json", "--device", "cpu"], { directory: library });
    expect(call.err).not.toContain("error");
    expect(call.code).toBe(0);
    expect(sha256(join(library, "large.png"))).toBe(made);

    // The picture that was made carries its workflow.
    await editor.press("Alt+n");
    await expect.poll(() => page.locator(".node").count()).toBe(0);
    mkdirSync(join(server.data, "dropped"));
    copyFileSync(join(library, "large.png"), join(server.data, "dropped/made.png"));
    await dropFile(page, join(server.data, "dropped/made.png"), [300, 300]);
    await page.getByText("The workflow in made.png is open.").waitFor();
    await editor.node("sample").waitFor();
    // That a picture carries no workflow is an answer, which browsers write down as an error.
    expect(errors.filter((error) => !error.includes("400 (Bad Request)"))).toEqual([]);
    const origins = new Set(
      requests.filter((url) => url.startsWith("http")).map((url) => new URL(url).origin),
    );
    expect([...origins]).toEqual([new URL(server.address).origin]);
  },
);

/** Under the slider the two pictures differ: what is seen depends on where it stands. */
async function seePictureChange(page: Page): Promise<void> {
  const stage = page.locator(".pane.bottom .tab-panel");
  const handle = page.locator(".pane.bottom").getByRole("slider").first();
  await handle.waitFor();
  const before = await stage.screenshot();
  await handle.focus();
  for (let step = 0; step < 20; step++) await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await stage.screenshot()).equals(before)).toBe(false);
}
