import { mkdtempSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Device } from "@diopter/engine";
import { encodePicture } from "@diopter/nodes/pictures";

/** A folder that goes with the machine's temporary files. */
export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "diopter-laboratory-"));

/** Writes sharp pictures of stripes, an edge and a gradient: 0.png, 1.png, ... */
export async function writePictures(folder: string, count: number, side = 64): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let picture = 0; picture < count; picture += 1) {
    const pixels = Float32Array.from({ length: 3 * side * side }, (_, at) => {
      const x = at % side;
      const y = Math.floor(at / side) % side;
      const stripes = 0.2 * Math.sin((x * (picture + 2) + y) / 3);
      return 0.4 + stripes + (x > y ? 0.2 : 0) + (0.1 * y) / side;
    });
    const { bytes } = await encodePicture(
      { width: side, height: side, pixels },
      {
        format: "png",
        bitDepth: 8,
        gray: false,
        quality: 100,
        chroma: "4:4:4",
        lossless: true,
        compression: 6,
      },
    );
    await writeFile(join(folder, `${picture}.png`), bytes);
  }
}

/** A workflow without a model: enlarges four times. */
export const enlargeWorkflow = {
  diopter: 1,
  name: "Enlarge",
  nodes: {
    photo: { type: "image/load", version: 1, params: { path: "" } },
    enlarge: {
      type: "image/resize",
      version: 1,
      params: { scale: 4 },
      inputs: { image: ["photo", "image"] },
    },
    save: {
      type: "image/save",
      version: 1,
      params: { path: "unwanted.png" },
      inputs: { image: ["enlarge", "image"] },
    },
  },
  interface: { image: "photo.path", filter: "enlarge.filter" },
};

/** A plan over the folder `sharp` beside it. */
export const examplePlan = {
  diopterPlan: 1,
  name: "Filters <compared>",
  pictures: [{ name: "stripes", folder: "sharp" }],
  degradations: [{ name: "bicubic", preset: "bicubic" }],
  workflows: [{ name: "Enlarge", path: "enlarge.json" }],
  parameters: [
    { name: "area", set: { filter: "area" } },
    { name: "bicubic", set: { filter: "bicubic" } },
  ],
  measures: ["psnr", "ssim", "niqe", "bands"],
};

/** Writes plan, workflow and pictures; gives the plan's path. */
export async function writeExample(folder: string, pictures = 3): Promise<string> {
  await writePictures(join(folder, "sharp"), pictures);
  await writeFile(join(folder, "enlarge.json"), JSON.stringify(enlargeWorkflow));
  const path = join(folder, "plan.json");
  await writeFile(path, JSON.stringify(examplePlan));
  return path;
}

/** For workflows that never call the device. */
export const idleDevice: Device = {
  id: "cpu",
  description: "no device",
  memoryBudget: 0,
  run: () => Promise.reject(new Error("Nothing here needs a device.")),
  statistics: () => ({ sessionsBuilt: 0, runs: 0, runMilliseconds: 0, peakBytes: 0 }),
  trim: async () => {},
  dispose: async () => {},
};
