import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gaussianNoise, type NoiseThread, openNoiseThread } from "@diopter/engine";
import { afterEach, expect, it } from "vitest";
import { root, workspace } from "./support/diopter.js";

const script = pathToFileURL(join(root, "packages/engine/dist/noise/noise-worker.js"));
const request = { seed: 42, step: 3, channels: 6, region: { x: -2, y: 9, width: 61, height: 47 } };
const { path } = workspace();

let thread: NoiseThread | undefined;
afterEach(() => thread?.close());

it("draws the same bits as the caller would, in the order of the requests", async () => {
  thread = openNoiseThread(script);
  const requests = [3, 4, 5].map((step) => ({ ...request, step }));
  const drawn = await Promise.all(requests.map((one) => thread?.draw(one)));
  expect(drawn).toEqual(requests.map((one) => gaussianNoise(one)));
  expect(thread?.isReady).toBe(true);
});

it("answers nothing where it cannot draw, and goes on", async () => {
  thread = openNoiseThread(script);
  expect(await thread?.draw({ ...request, seed: -1 })).toBeUndefined();
  expect(await thread?.draw(request)).toEqual(gaussianNoise(request));
});

it("answers nothing once it has ended or where its script fails", async () => {
  thread = openNoiseThread(script);
  const drawing = thread?.draw(request);
  await thread?.close();
  expect(await thread?.draw(request)).toBeUndefined();
  await drawing;
  writeFileSync(path("broken.mjs"), "throw new Error('broken')");
  thread = openNoiseThread(pathToFileURL(path("broken.mjs")));
  expect(await thread?.draw(request)).toBeUndefined();
  expect(thread?.isReady).toBe(false);
});

it("keeps a process alive while it draws, and no longer", () => {
  const program = `
    const { openNoiseThread } = await import(${JSON.stringify(new URL("noise-thread.js", script))});
    const noise = await openNoiseThread().draw(${JSON.stringify(request)});
    console.log(noise.length);
  `;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    timeout: 30_000,
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${6 * 61 * 47}\n` });
});
