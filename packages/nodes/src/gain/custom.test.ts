import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  createDevice,
  type Device,
  float32Tensor,
  moduleProgram,
  type VaeValue,
} from "@diopter/engine";
import { GraphBuilder } from "@diopter/onnx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadVae } from "../model/index.js";
import { goldenPath } from "../test/golden-cases.js";
import { testContext } from "../test/run-context.js";
import { temporaryFolder } from "../test/temporary-folder.js";
import { customGain } from "./custom.js";

const folder = temporaryFolder(afterAll);
let device: Device;
let vae: VaeValue;
beforeAll(async () => {
  device = await createDevice("cpu");
  ({ vae } = await loadVae.run({}, { path: goldenPath("vae.safetensors") }, testContext()));
});
afterAll(() => device.dispose());

type Shape = readonly (number | string)[];

/** fullReference = −mean|image − reference|, noReference = mean(image). */
function writeMetric(
  name: string,
  shape: Shape,
  options: {
    readonly opset?: number;
    readonly reference?: boolean;
    readonly outputs?: readonly string[];
    readonly keep?: readonly number[];
    readonly input?: string;
  } = {},
): string {
  const { opset = 20, reference = true, keep, input = "image" } = options;
  const outputs = options.outputs ?? ["fullReference", "noReference"];
  const g = new GraphBuilder({ name, opset });
  const image = g.input(input, "float32", shape);
  const other = reference ? g.input("reference", "float32", shape) : image;
  const axes = keep ?? [1, 2, 3];
  const values = {
    fullReference: g.neg(g.reduceMean(g.abs(g.sub(image, other)), { axes, keepAxes: false })),
    noReference: g.reduceMean(image, { axes, keepAxes: false }),
    other: g.mul(image, 2),
  };
  for (const output of outputs) {
    const value = Object.entries(values).find(([known]) => known === output)?.[1];
    if (value !== undefined) g.output(output, value);
  }
  const path = join(folder, `${name}.onnx`);
  writeFileSync(path, g.build().bytes);
  return path;
}

const wave = (length: number, speed: number) =>
  Float32Array.from({ length }, (_, index) => Math.sin(index * speed));

describe("gain/custom", () => {
  test("scores latents by the file", async () => {
    const path = writeMetric("of-latents", ["n", 4, "h", "w"]);
    const params = { path, on: "latents", scale: 1 } as const;
    const { gain } = await customGain.run({ vae: undefined }, params, testContext({ folder }));
    expect(gain).toMatchObject({ kind: "custom", options: { scale: 1, channels: 4 } });
    const { score } = gain.modules;
    if (score === undefined) expect.fail();
    const shape = ["batch", 4, "height", "width"];
    const program = moduleProgram(score, { clean: shape, original: shape });
    const [clean, original] = [wave(2 * 4 * 15, 0.3), wave(2 * 4 * 15, 0.31)];
    const outputs = await device.run(program, {
      clean: float32Tensor([2, 4, 3, 5], clean),
      original: float32Tensor([2, 4, 3, 5], original),
    });
    expect(outputs.score?.shape).toEqual([2, 2, 1, 1]);
    const values = [...((await outputs.score?.read()) ?? [])].map(Number);
    const mean = (item: number, at: (place: number) => number) =>
      Array.from({ length: 60 }, (_, place) => at(60 * item + place)).reduce((a, b) => a + b) / 60;
    const expected = [0, 1].flatMap((item) => [
      -mean(item, (place) => Math.abs((clean[place] ?? 0) - (original[place] ?? 0))),
      mean(item, (place) => clean[place] ?? 0),
    ]);
    values.forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 6);
    });
  });

  test("scores what latents decode to; one score alone leaves the other 0", async () => {
    const options = { reference: false, outputs: ["noReference"] };
    const path = writeMetric("of-pictures", ["n", 3, "h", "w"], options);
    const params = { path, on: "previews", scale: -1 } as const;
    const { gain } = await customGain.run({ vae }, params, testContext({ folder }));
    const { score } = gain.modules;
    if (score === undefined) expect.fail();
    const shape = ["batch", 4, "height", "width"];
    const latent = float32Tensor([1, 4, 2, 3], wave(24, 0.4));
    const scored = await device.run(moduleProgram(score, { clean: shape, original: shape }), {
      clean: latent,
      original: latent,
    });
    const decoded = await device.run(moduleProgram(vae.decoder, { latent: shape }), { latent });
    const pixels = [...((await decoded.image?.read()) ?? [])].map(Number);
    const clipped = pixels.map((value) => Math.min(Math.max(value, 0), 1));
    const values = [...((await scored.score?.read()) ?? [])].map(Number);
    expect(values[0]).toBe(0);
    expect(values[1]).toBeCloseTo(clipped.reduce((a, b) => a + b) / clipped.length, 5);
  });

  test("needs the VAE for pictures", async () => {
    const path = writeMetric("without-vae", ["n", 3, "h", "w"]);
    const params = { path, on: "previews", scale: 1 } as const;
    const run = customGain.run({ vae: undefined }, params, testContext({ folder }));
    await expect(run).rejects.toMatchObject({ code: "document/missing-input", port: "vae" });
  });

  test.each([
    ["another opset", ["n", 4, "h", "w"], { opset: 17 }, "opset 17"],
    ["a fixed size", ["n", 4, 64, 64], {}, "fixed shape [n, 4, 64, 64]"],
    ["a fixed batch", [1, 4, "h", "w"], {}, "fixed shape [1, 4, h, w]"],
    ["too few axes", ["n", "h", "w"], { keep: [1, 2] }, "3 axes"],
    ["another input", ["n", 4, "h", "w"], { input: "picture" }, "no input image"],
    ["no score", ["n", 4, "h", "w"], { outputs: ["other"] }, "no output fullReference"],
    ["a score of each channel", ["n", 4, "h", "w"], { keep: [2, 3] }, "not [N]"],
  ] as const)("refuses %s", async (name, shape, options, told) => {
    const path = writeMetric(name.replaceAll(" ", "-"), shape, options);
    const params = { path, on: "latents", scale: 1 } as const;
    const run = customGain.run({ vae: undefined }, params, testContext({ folder }));
    await expect(run).rejects.toMatchObject({
      code: "model/mismatch",
      port: "path",
      message: expect.stringContaining(told),
    });
  });

  test("refuses a file that is no model, and one that is not there", async () => {
    const path = join(folder, "text.onnx");
    writeFileSync(path, "not a model");
    const run = (file: string) =>
      customGain.run(
        { vae: undefined },
        { path: file, on: "latents", scale: 1 },
        testContext({ folder }),
      );
    await expect(run(path)).rejects.toMatchObject({ code: "model/corrupt", port: "path" });
    await expect(run("nowhere.onnx")).rejects.toMatchObject({ code: "model/not-found" });
  });
});
