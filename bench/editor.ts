import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { z } from "zod";
import { median, milliseconds, table } from "./table.js";

const command = fileURLToPath(new URL("../../packages/cli/bin/diopter.js", import.meta.url));
const chromiumPath = process.env.DIOPTER_CHROMIUM ?? "/usr/bin/chromium";
const columns = 25;
const nodeCount = 500;
const wireCount = 800;

/**
 * The editor with 500 nodes and 800 wires in Chromium without a graphics card: how long it takes
 * until the graph is there, how many frames a second panning and zooming hold, and how much of a
 * core the events of a running job take.
 */
export async function benchEditor(): Promise<string> {
  if (!existsSync(chromiumPath)) return `There is no Chromium at ${chromiumPath}.`;
  const data = mkdtempSync(join(tmpdir(), "diopter-bench-"));
  mkdirSync(join(data, "library"), { recursive: true });
  writeFileSync(join(data, "library/large.json"), JSON.stringify(largeWorkflow()));
  const server = spawn(process.execPath, [command, "serve", "--data", data, "--port", "0"]);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const address = await addressOf(server.stdout);
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    const loads: number[] = [];
    for (let run = 0; run < 5; run++) loads.push(await load(page, `${address}#workflow=large`));
    const rows = [["load", milliseconds(median(loads))]];
    for (const [zoom, keys] of [
      ["all in sight", []],
      ["half size", ["1", "-", "-", "-"]],
      ["full size", ["1"]],
    ] as const) {
      await page.locator(".canvas").focus();
      for (const key of keys) await page.keyboard.press(key);
      rows.push([`panning, ${zoom}`, frames(await measureFrames(page, () => pan(page)))]);
    }
    await page.keyboard.press("f");
    rows.push(["zooming", frames(await measureFrames(page, () => zoom(page)))]);
    rows.push([
      "events of a run",
      `${(100 * (await costOfRun(page, address))).toFixed(1)} % of a core`,
    ]);
    return table(["500 nodes, 800 wires", ""], rows);
  } finally {
    await browser.close();
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

/** A grid of nodes that each blend two of the column before. */
function largeWorkflow() {
  const nodes: Record<string, unknown> = {};
  const positions: Record<string, readonly [number, number]> = {};
  let wires = 0;
  for (let index = 0; index < nodeCount; index++) {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    const inputs: Record<string, readonly [string, string]> = {};
    const sources = [index - 1, index - 1 - columns];
    for (const [port, source] of [
      ["image", sources[0] ?? -1],
      ["overlay", sources[1] ?? -1],
    ] as const) {
      if (column === 0 || source < 0 || wires >= wireCount) continue;
      inputs[port] = [`node-${source}`, "image"];
      wires += 1;
    }
    nodes[`node-${index}`] = { type: "image/blend", version: 1, inputs };
    positions[`node-${index}`] = [column * 320, row * 280];
  }
  return { diopter: 1, name: "Large", nodes, view: { positions } };
}

async function load(page: Page, address: string): Promise<number> {
  await page.goto("about:blank");
  await page.goto(address);
  await page.locator(".minimap").waitFor();
  return z
    .number()
    .parse(await page.evaluate("performance.getEntriesByName('graph-painted')[0].startTime"));
}

const frameTimes = z.array(z.number());

/** The times between frames, in milliseconds, while something is done. */
async function measureFrames(page: Page, act: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(`
    window.frameTimes = [];
    window.lastFrame = performance.now();
    const count = (now) => {
      window.frameTimes.push(now - window.lastFrame);
      window.lastFrame = now;
      window.frameRequest = requestAnimationFrame(count);
    };
    window.frameRequest = requestAnimationFrame(count);
    undefined;
  `);
  await act();
  return frameTimes.parse(
    await page.evaluate("cancelAnimationFrame(window.frameRequest), window.frameTimes"),
  );
}

async function pan(page: Page): Promise<void> {
  await page.mouse.move(640, 380);
  await page.mouse.down({ button: "middle" });
  for (let step = 0; step < 120; step++) {
    await page.mouse.move(640 + 300 * Math.sin(step / 12), 380 + 160 * Math.cos(step / 9));
  }
  await page.mouse.up({ button: "middle" });
}

async function zoom(page: Page): Promise<void> {
  await page.mouse.move(600, 360);
  for (let step = 0; step < 60; step++) await page.mouse.wheel(0, step < 30 ? -120 : 120);
}

function frames(times: readonly number[]): string {
  const slow = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
  const rate = 1000 / (times.reduce((sum, time) => sum + time, 0) / times.length);
  return `${rate.toFixed(0)} frames/s, 95 % within ${milliseconds(slow)}`;
}

/** The share of a core that the page takes while a job runs whose progress it shows. */
async function costOfRun(page: Page, address: string): Promise<number> {
  await page.goto(`${address}#`);
  await page.keyboard.press("Alt+t");
  await page.getByRole("button", { name: /^Upscale / }).click();
  await page.locator('[data-node="sample"]').waitFor();
  const session = await page.context().newCDPSession(page);
  // Time of the processor, not of the clock: others may be busy on the same machine.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
  };
  const [before, start] = [await busy(), performance.now()];
  await page.keyboard.press("Control+Enter");
  await page.locator('[data-node="save"].done').waitFor({ timeout: 300_000 });
  return (1000 * ((await busy()) - before)) / (performance.now() - start);
}
