import { createDevice, type Device, moduleProgram, type TensorProgram } from "@diopter/engine";
import { prepareSoftwareWebgpu } from "@diopter/engine/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildModel, readCheckpoint } from "../model/read-checkpoint.js";
import { goldenCases, goldenPath, goldenTensor } from "../test/golden-cases.js";
import { largestDifference } from "../test/largest-difference.js";
import { diopterDenoiser } from "./diopter-denoiser.js";
import { diopterVae } from "./diopter-vae.js";
import { fixedDenoiser } from "./fixed-denoiser.js";

const vulkanDriver = prepareSoftwareWebgpu();
const size = ["batch", "height", "width"] as const;

async function vaeProgram(model: string, part: string): Promise<TensorProgram> {
  const vae = buildModel(await readCheckpoint(goldenPath(model)), [diopterVae], undefined);
  const [batch, height, width] = size;
  return part === "encode"
    ? moduleProgram(vae.encoder, { image: [batch, 3, height, width] })
    : moduleProgram(vae.decoder, { latent: [batch, vae.channels, height, width] });
}

async function denoiserProgram(
  model: string,
  mask: readonly boolean[] | undefined,
  perPixel: boolean,
): Promise<TensorProgram> {
  const checkpoint = await readCheckpoint(goldenPath(model));
  const denoiser = buildModel(checkpoint, [diopterDenoiser, fixedDenoiser], { mask });
  const [batch, height, width] = size;
  return moduleProgram(denoiser.network, {
    sample: [batch, denoiser.channels, height, width],
    timestep: perPixel ? [batch, 1, height, width] : [batch, 1, 1, 1],
    original: [batch, denoiser.originalChannels, height, width],
  });
}

/** A software WebGPU compiles shaders for every size anew: one size of each model is enough there. */
const oneOfEach = /2x24x40|denoiser-batch$|denoiser-map-masked|denoiser-fixed-whole/;
const devices = [
  { id: "cpu", tolerance: 1e-4, missing: false, cases: /./ },
  { id: "webgpu", tolerance: 1e-3, missing: vulkanDriver === undefined, cases: oneOfEach },
] as const;

for (const { id, tolerance, missing, cases } of devices) {
  const chosen = (...functions: readonly string[]) =>
    goldenCases(...functions).filter(({ name }) => cases.test(name));

  describe.skipIf(missing)(`on ${id}, as in PyTorch to ${tolerance}`, () => {
    let device: Device;
    beforeAll(async () => {
      device = await createDevice(id);
    });
    afterAll(() => device.dispose());

    test.each(chosen("encode", "decode"))("$name", async (golden) => {
      const program = await vaeProgram(golden.model ?? "", golden.function);
      const [input, output] =
        golden.function === "encode"
          ? (["picture", "latent"] as const)
          : (["latent", "image"] as const);
      const tensor = await goldenTensor(golden.file, golden.inputs?.[input] ?? "");
      const inputs = input === "picture" ? { image: tensor } : { latent: tensor };
      const results = await device.run(program, inputs);
      const expected = await goldenTensor(golden.file, golden.output ?? "");
      expect(await largestDifference(results[output], expected)).toBeLessThan(tolerance);
    });

    test.each(chosen("denoise"))("$name", async ({ file, model, mask, inputs, output }) => {
      const timestep = await goldenTensor(file, inputs?.timesteps ?? "");
      const perPixel = timestep.shape.at(-1) !== 1;
      const program = await denoiserProgram(model ?? "", mask ?? undefined, perPixel);
      const { prediction } = await device.run(program, {
        sample: await goldenTensor(file, inputs?.noisy ?? ""),
        timestep,
        original: await goldenTensor(file, inputs?.original ?? ""),
      });
      const expected = await goldenTensor(file, output ?? "");
      expect(await largestDifference(prediction, expected)).toBeLessThan(tolerance);
    });
  });
}

test("the golden values cover every function, on both devices", () => {
  const names = goldenCases("encode", "decode", "denoise").map(({ name }) => name);
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => oneOfEach.test(name))).toHaveLength(7);
});
