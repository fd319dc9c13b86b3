import { fileURLToPath } from "node:url";
import {
  createDevice,
  type Device,
  float32Tensor,
  moduleProgram,
  type Tensor,
} from "@diopter/engine";
import { prepareSoftwareWebgpu } from "@diopter/engine/testing";
import { openSafetensors, type SafetensorsFile } from "@diopter/onnx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildModel, readCheckpoint } from "../model/read-checkpoint.js";
import { diopterDenoiser } from "./diopter-denoiser.js";
import { diopterVae } from "./diopter-vae.js";

const vulkanDriver = prepareSoftwareWebgpu();
const golden = (name: string) =>
  fileURLToPath(new URL(`../../test/golden/${name}.safetensors`, import.meta.url));

async function vector(file: SafetensorsFile, name: string): Promise<Tensor<"float32">> {
  const shape = file.entries.get(name)?.shape ?? [];
  return float32Tensor(shape, await file.readFloat32(name));
}

async function largestDifference(actual: Tensor | undefined, expected: Tensor): Promise<number> {
  expect(actual?.shape).toEqual(expected.shape);
  const wanted = Array.from(await expected.read(), Number);
  const values = Array.from((await actual?.read()) ?? [], Number);
  return Math.max(...values.map((value, index) => Math.abs(value - (wanted[index] ?? Number.NaN))));
}

const devices = [
  { id: "cpu", tolerance: 1e-4, missing: false },
  { id: "webgpu", tolerance: 1e-3, missing: vulkanDriver === undefined },
] as const;

for (const { id, tolerance, missing } of devices) {
  describe.skipIf(missing)(`on ${id}, as in PyTorch to ${tolerance}`, () => {
    let device: Device;
    beforeAll(async () => {
      device = await createDevice(id);
    });
    afterAll(() => device.dispose());

    test.each(["vae", "vae-small"])("%s encodes and decodes", async (name) => {
      const vae = buildModel(await readCheckpoint(golden(name)), [diopterVae], undefined);
      const vectors = await openSafetensors(golden(`${name}-vectors`));
      const image = await vector(vectors, "image");
      const latent = await vector(vectors, "latent");
      const shape = ["batch", 3, "height", "width"];
      const encoded = await device.run(moduleProgram(vae.encoder, { image: shape }), { image });
      expect(await largestDifference(encoded.latent, latent)).toBeLessThan(tolerance);
      const latentShape = ["batch", vae.channels, "height", "width"];
      const decoder = moduleProgram(vae.decoder, { latent: latentShape });
      const decoded = await device.run(decoder, { latent });
      const expected = await vector(vectors, "decoded");
      expect(await largestDifference(decoded.image, expected)).toBeLessThan(tolerance);
    });

    test.each([
      ["a timestep for each picture", "timesteps", "scalar", undefined],
      ["a map of timesteps", "map", "mapped", undefined],
      ["blocks masked out", "timesteps", "masked", [true, false, true, false]],
    ] as const)("the denoiser with %s", async (_name, timesteps, output, mask) => {
      const checkpoint = await readCheckpoint(golden("denoiser"));
      const denoiser = buildModel(checkpoint, [diopterDenoiser], { mask });
      const vectors = await openSafetensors(golden("denoiser-vectors"));
      const size = ["height", "width"];
      const program = moduleProgram(denoiser.network, {
        sample: ["batch", denoiser.channels, ...size],
        timestep: timesteps === "map" ? ["batch", 1, ...size] : ["batch", 1, 1, 1],
        original: ["batch", denoiser.originalChannels, ...size],
      });
      const { prediction } = await device.run(program, {
        sample: await vector(vectors, "sample"),
        timestep: await vector(vectors, timesteps),
        original: await vector(vectors, "original"),
      });
      const expected = await vector(vectors, output);
      expect(await largestDifference(prediction, expected)).toBeLessThan(tolerance);
    });
  });
}
