import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRegistry, type DenoiserValue, parseWorkflow } from "@diopter/engine";
import { type InlineTensor, openSafetensors, writeSafetensors } from "@diopter/onnx";
import { afterAll, describe, expect, test } from "vitest";
import { goldenPath } from "../test/golden-cases.js";
import { testContext } from "../test/run-context.js";
import { temporaryFolder } from "../test/temporary-folder.js";
import { loadDenoiser } from "./load-denoiser.js";
import { loadVae } from "./load-vae.js";

const folder = temporaryFolder(afterAll);
const context = testContext({ folder });

/** A golden checkpoint with other metadata or fewer tensors. */
async function changed(
  name: string,
  change: {
    readonly metadata?: Readonly<Record<string, string>>;
    readonly without?: string;
    readonly reshape?: string;
  },
): Promise<string> {
  const file = await openSafetensors(goldenPath(name));
  const tensors: Record<string, InlineTensor> = {};
  for (const [key, { shape }] of file.entries) {
    if (key === change.without) continue;
    const data = await file.readFloat32(key);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const flat = key === change.reshape ? [data.length, 1, 1, 1] : shape;
    tensors[key] = { type: "float32", shape: flat, bytes };
  }
  const path = join(folder, `${Object.keys(change).join("-")}-${name}`);
  writeFileSync(
    path,
    writeSafetensors(tensors, change.metadata ?? Object.fromEntries(file.metadata)),
  );
  return path;
}

const denoiserFrom = async (path: string, mask = ""): Promise<DenoiserValue> =>
  (await loadDenoiser.run({}, { path, mask }, context)).denoiser;

describe("model/load-vae", () => {
  test("says what the file's VAE is", async () => {
    const { vae } = await loadVae.run({}, { path: goldenPath("vae.safetensors") }, context);
    expect(vae).toMatchObject({ name: "vae", space: "diopter", channels: 4, downscale: 8 });
    // Decoder: 3 × 3 convolutions, 1 + 2 at an eighth and 1 + 4 at a quarter of the resolution.
    expect(vae.receptiveField).toBe(8 * 3 + 4 * 5);
  });

  test("knows the family by key names and shapes where the metadata is gone", async () => {
    const path = await changed("vae-small.safetensors", { metadata: {} });
    const { vae } = await loadVae.run({}, { path }, context);
    expect(vae.channels).toBe(4);
  });

  test("reads the latent space from the metadata", async () => {
    const path = await changed("vae.safetensors", {
      metadata: { family: "diopter-vae", space: "other" },
    });
    const { vae } = await loadVae.run({}, { path }, context);
    expect(vae.space).toBe("other");
  });
});

describe("model/load-denoiser", () => {
  test("says what the file's denoiser is", async () => {
    const denoiser = await denoiserFrom(goldenPath("denoiser.safetensors"));
    expect(denoiser).toMatchObject({
      name: "denoiser",
      space: "diopter",
      channels: 4,
      originalChannels: 16,
      prediction: "x0",
      process: { kind: "residual-shift", timesteps: 1000, kappa: 1, minNoise: 0.04, power: 0.3 },
    });
  });

  test("a file that named no model keeps the one that it meant", () => {
    const registry = createRegistry([loadDenoiser]);
    const opened = (params: object) => {
      const nodes = { model: { type: "model/load-denoiser", version: 1, params } };
      return parseWorkflow(JSON.stringify({ diopter: 1, name: "", nodes }), registry).nodes.model;
    };
    expect(opened({})).toMatchObject({ version: 2, params: { path: "denoiser" } });
    expect(opened({ path: "denoiser-tiny" })).toMatchObject({ params: { path: "denoiser-tiny" } });
  });

  test("leaves out the blocks that the mask names, and their parameters", async () => {
    const whole = await denoiserFrom(goldenPath("denoiser.safetensors"));
    const pruned = await denoiserFrom(goldenPath("denoiser.safetensors"), "101");
    const [width, time, hidden] = [16, 24, 32];
    const block =
      (time + 1) * 6 * width +
      (9 * width + 1) * width +
      (width + 1) * hidden +
      (hidden + 1) * width;
    expect(whole.parameters - pruned.parameters).toBe(block);
    expect(pruned.network.key).not.toBe(whole.network.key);
  });

  test.each(["10", "1012", "abc", "1111"])("refuses the mask %s", async (mask) => {
    const loading = denoiserFrom(goldenPath("denoiser.safetensors"), mask);
    await expect(loading).rejects.toMatchObject({ code: "node/invalid-value", port: "mask" });
  });

  test("takes the shipped process where the metadata is gone", async () => {
    const { process } = await denoiserFrom(await changed("denoiser.safetensors", { metadata: {} }));
    expect(process.kind).toBe("residual-shift");
  });

  test.each([
    ["an unknown process", { process: { kind: "flow", timesteps: 1000 } }],
    ["a process without numbers", { process: { kind: "residual-shift", timesteps: 1000 } }],
    ["a process of text", { process: "residual-shift" }],
    ["an unknown prediction", { prediction: "noise" }],
  ])("refuses %s", async (_name, config) => {
    const metadata = { family: "diopter-denoiser", config: JSON.stringify(config) };
    const path = await changed("denoiser.safetensors", { metadata });
    await expect(denoiserFrom(path)).rejects.toMatchObject({ code: "model/corrupt" });
  });
});

describe("a file that is no model", () => {
  const load = (path: string) => loadVae.run({}, { path }, context);

  test("is not there", async () => {
    await expect(load("nowhere.safetensors")).rejects.toMatchObject({
      code: "model/not-found",
      port: "path",
    });
  });

  test("is of another family", async () => {
    await expect(load(goldenPath("denoiser.safetensors"))).rejects.toMatchObject({
      code: "model/unknown-family",
    });
    const path = await changed("denoiser.safetensors", { metadata: {} });
    await expect(load(path)).rejects.toMatchObject({ code: "model/unknown-family" });
  });

  test("is cut off", async () => {
    const path = join(folder, "short.safetensors");
    writeFileSync(path, readFileSync(goldenPath("vae.safetensors")).subarray(0, 3000));
    await expect(load(path)).rejects.toMatchObject({ code: "model/corrupt" });
  });

  test("lacks a tensor, which the message names", async () => {
    const path = await changed("vae.safetensors", { without: "decoder.up.weight" });
    await expect(load(path)).rejects.toMatchObject({
      code: "model/corrupt",
      message: expect.stringContaining("decoder.up.weight"),
    });
  });

  test("has a tensor that does not fit", async () => {
    const path = await changed("vae.safetensors", { reshape: "encoder.head.weight" });
    await expect(load(path)).rejects.toMatchObject({ code: "model/corrupt" });
  });
});
