import {
  createDevice,
  type Device,
  DiopterError,
  float32Tensor,
  type ImageValue,
  type VaeValue,
} from "@diopter/engine";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { diopterVae } from "../architectures/index.js";
import { buildModel, readCheckpoint } from "../model/read-checkpoint.js";
import { goldenPath } from "../test/golden-cases.js";
import { largestDifference } from "../test/largest-difference.js";
import { testContext } from "../test/run-context.js";
import { decode } from "./decode.js";
import { encode } from "./encode.js";

let device: Device;
let vae: VaeValue;
beforeAll(async () => {
  device = await createDevice("cpu");
  vae = buildModel(await readCheckpoint(goldenPath("vae.safetensors")), [diopterVae], undefined);
});
afterAll(() => device.dispose());

function picture(width: number, height: number, batch = 1): ImageValue {
  const data = Float32Array.from({ length: batch * 3 * width * height }, (_, index) => {
    const wave = Math.sin(index * 12.9898) * 43758.5453;
    return wave - Math.floor(wave);
  });
  return { pixels: float32Tensor([batch, 3, height, width], data) };
}

/** A device that has memory for so many elements of a source and no more. */
function small(elements: number): Device {
  return {
    id: "cpu",
    description: "A small device",
    memoryBudget: 0,
    run: async (program, inputs, options) => {
      const size = Object.values(inputs).reduce((sum, { byteLength }) => sum + byteLength / 4, 0);
      if (size <= elements) return device.run(program, inputs, options);
      throw new DiopterError("device/out-of-memory", { message: "Full.", remedy: "Less." });
    },
    statistics: () => device.statistics(),
    trim: async () => {},
    dispose: async () => {},
  };
}

const sizes = fc.record({
  width: fc.integer({ min: 1, max: 330 }),
  height: fc.integer({ min: 1, max: 330 }),
});

describe("tiles", () => {
  test("encode as the whole does, whatever the size", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ width, height }) => {
        const inputs = { image: picture(width, height), vae };
        const tiled = await encode.run(inputs, { tile: 128 }, testContext({ device }));
        const whole = await encode.run(inputs, { tile: 1024 }, testContext({ device }));
        expect(await largestDifference(tiled.latent.samples, whole.latent.samples)).toBeLessThan(
          1e-5,
        );
      }),
      { numRuns: 12 },
    );
  });

  test("decode as the whole does, and give the picture's own size back", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ width, height }) => {
        const image = picture(width, height);
        const context = testContext({ device });
        const { latent } = await encode.run({ image, vae }, { tile: 1024 }, context);
        const inputs = { latent, vae, like: undefined };
        const tiled = await decode.run(inputs, { tile: 128 }, testContext({ device }));
        const whole = await decode.run(inputs, { tile: 1024 }, testContext({ device }));
        expect(tiled.image.pixels.shape).toEqual([1, 3, height, width]);
        expect(await largestDifference(tiled.image.pixels, whole.image.pixels)).toBeLessThan(1e-5);
      }),
      { numRuns: 12 },
    );
  });

  test("each picture of a batch as it does alone, with progress for every tile", async () => {
    const both = picture(200, 96, 2);
    const context = testContext({ device });
    const { latent } = await encode.run({ image: both, vae }, { tile: 128 }, context);
    const pixels = await both.pixels.read();
    const second = float32Tensor([1, 3, 96, 200], pixels.slice(pixels.length / 2));
    const alone = await encode.run({ image: { pixels: second }, vae }, { tile: 128 }, context);
    const samples = await latent.samples.read();
    const part = float32Tensor(alone.latent.samples.shape, samples.slice(samples.length / 2));
    expect(await largestDifference(part, alone.latent.samples)).toBe(0);
    expect(context.told.progress.slice(0, 8)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((done) => `${done}/8 tile`),
    );
  });

  test("shrink where memory does not suffice, and say so", async () => {
    const inputs = { image: picture(256, 256), vae };
    const context = testContext({ device: small(3 * 128 * 128) });
    const tiled = await encode.run(inputs, { tile: 256 }, context);
    const whole = await encode.run(inputs, { tile: 256 }, testContext({ device }));
    expect(await largestDifference(tiled.latent.samples, whole.latent.samples)).toBeLessThan(1e-5);
    expect(context.told.notes).toEqual([
      "A small device ran out of memory with tiles of 32 latent elements; tiles of 16 are used.",
    ]);
  });

  test("give up where the smallest do not fit either", async () => {
    const inputs = { image: picture(64, 64), vae };
    const run = encode.run(inputs, { tile: 64 }, testContext({ device: small(10) }));
    await expect(run).rejects.toMatchObject({ code: "device/out-of-memory" });
  });

  test("stop when cancelled between two of them", async () => {
    const abort = new AbortController();
    const context = testContext({ device, signal: abort.signal });
    const cancelling = {
      ...context,
      progress: (done: number, total: number, label?: string) => {
        context.progress(done, total, label);
        if (done === 2) abort.abort();
      },
    };
    const run = encode.run({ image: picture(400, 64), vae }, { tile: 64 }, cancelling);
    await expect(run).rejects.toMatchObject({ code: "run/cancelled" });
    expect(context.told.progress).toHaveLength(2);
  });
});

describe("decode", () => {
  test("refuses a latent of another space", async () => {
    const samples = float32Tensor([1, 4, 2, 2], new Float32Array(16));
    const latent = { samples, space: "elsewhere", downscale: 8 };
    const run = decode.run({ latent, vae, like: undefined }, { tile: 64 }, testContext({ device }));
    await expect(run).rejects.toMatchObject({ code: "model/mismatch", port: "vae" });
  });

  test("carries alpha, profile and origin along, the alpha only where it fits", async () => {
    const context = testContext({ device });
    const { latent } = await encode.run({ image: picture(30, 20), vae }, { tile: 64 }, context);
    const beside = {
      profile: { icc: Uint8Array.of(1, 2) },
      origin: { bitDepth: 16, gray: false },
    } as const;
    const alpha = float32Tensor([1, 1, 20, 30], new Float32Array(600));
    const fits = { ...picture(30, 20), ...beside, alpha };
    const { image } = await decode.run({ latent, vae, like: fits }, { tile: 64 }, context);
    expect(image).toMatchObject({ ...beside, alpha });
    const small = { ...fits, alpha: float32Tensor([1, 1, 1, 1], new Float32Array(1)) };
    const other = await decode.run({ latent, vae, like: small }, { tile: 64 }, context);
    expect(other.image.alpha).toBeUndefined();
    expect(context.told.notes).toHaveLength(1);
  });

  test("gives values from 0 to 1", async () => {
    const samples = float32Tensor([1, 4, 3, 3], new Float32Array(36).fill(50));
    const latent = { samples, space: vae.space, downscale: 8 };
    const inputs = { latent, vae, like: undefined };
    const { image } = await decode.run(inputs, { tile: 64 }, testContext({ device }));
    const values = await image.pixels.read();
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
  });
});
