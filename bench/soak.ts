import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  applySetting,
  createDevice,
  type Device,
  Leases,
  MemoryCache,
  parseWorkflow,
  runWorkflow,
  type ValueCache,
} from "@diopter/engine";
import { registry } from "@diopter/nodes";
import sharp from "sharp";
import { table } from "./table.js";

/** Few steps: what memory does shows in the variety of sizes, and more of them take only longer. */
const steps = 2;
const rows = 16;
const megabyte = 2 ** 20;

interface Surroundings {
  readonly root: string;
  readonly folder: string;
  readonly device: Device;
  readonly cache: ValueCache;
  readonly leases: Leases;
}

/**
 * Upscales pictures of ever other sizes in one process, and tells how much memory the process has
 * in the meantime. It may grow until the largest size has come and the cache is full, not for ever.
 */
async function soak(runs: number): Promise<string> {
  const root = join(fileURLToPath(import.meta.url), "../../..");
  const folder = await mkdtemp(join(tmpdir(), "diopter-soak-"));
  const device = await createDevice("cpu");
  const leases = new Leases();
  const cache = new MemoryCache({ maxBytes: 32 * megabyte, leases });
  const resident: number[] = [];
  const lines: string[][] = [];
  try {
    for (let run = 0; run < runs; run += 1) {
      await upscale(run, { root, folder, device, cache, leases });
      resident.push(process.memoryUsage.rss() / megabyte);
      if ((run + 1) % Math.ceil(runs / rows) === 0) lines.push(line(run, resident, device));
    }
  } finally {
    await device.dispose();
    await rm(folder, { recursive: true, force: true });
  }
  const slope = slopeOf(resident.slice(resident.length >> 1));
  return [
    table(["runs", "resident", "known to the device", "heap", "buffers"], lines),
    `\n${slope.toFixed(2)} MB a run over the second half`,
  ].join("\n");
}

async function upscale(run: number, around: Surroundings): Promise<void> {
  const { root, folder, device, cache, leases } = around;
  const { width, height } = sizeOf(run);
  const picture = join(folder, "picture.png");
  await sharp(join(root, "examples/orchard-192x128.jpg"))
    .extract({ left: 0, top: 0, width, height })
    .toFile(picture);
  const settings = { image: picture, output: "result.png", steps };
  const document = Object.entries(settings).reduce(
    (changed, [name, value]) => applySetting(changed, registry, name, value),
    parseWorkflow(readFileSync(join(root, "workflows/upscale.json"), "utf8"), registry),
  );
  const folders = { base: root, readable: [folder], output: folder };
  const report = await runWorkflow({ document, registry, device, cache, leases, folders });
  if (report.error !== undefined) throw new Error(report.error.message);
}

/** 64 sizes from 48 to 160 by 48 to 120, in an order that goes up and down. */
function sizeOf(run: number): { readonly width: number; readonly height: number } {
  const place = (run * 27) % 64;
  return { width: 48 + 16 * (place % 8), height: 48 + Math.round((72 / 7) * (place >> 3)) };
}

function line(run: number, resident: readonly number[], device: Device): string[] {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const numbers = [
    resident.at(-1) ?? 0,
    ...[device.statistics().peakBytes, heapUsed, arrayBuffers].map((bytes) => bytes / megabyte),
  ];
  return [String(run + 1), ...numbers.map((number) => `${number.toFixed(0)} MB`)];
}

/** Of the line through values at equal distances, by least squares. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  let [up, along] = [0, 0];
  for (const [index, value] of values.entries()) {
    up += (index - middle) * value;
    along += (index - middle) ** 2;
  }
  return along === 0 ? 0 : up / along;
}

console.log("Upscale workflow on the CPU, pictures of varying size\n");
console.log(await soak(Number(process.argv[2] ?? 128)));
