import { type DenoiserValue, float32Tensor, type ScheduleValue } from "@diopter/engine";
import { describe, expect, test } from "vitest";
import { goldenTensor } from "../../test/golden-cases.js";
import { largestDifference } from "../../test/largest-difference.js";
import { testContext } from "../../test/run-context.js";
import { createRule } from "../rules/create-rule.js";
import { originalFeatures } from "./original-features.js";
import { fitPreview } from "./preview-projection.js";
import { createTimeline } from "./timeline.js";

const process = {
  kind: "residual-shift",
  timesteps: 1000,
  kappa: 1,
  minNoise: 0.04,
  power: 0.3,
} as const;

const denoiser: DenoiserValue = {
  name: "test",
  space: "diopter",
  channels: 4,
  originalChannels: 16,
  process,
  prediction: "x0",
  parameters: 0,
  network: { key: "test", build: () => ({}) },
};

function ramp(channels: number, height: number, width: number, scale: number) {
  const data = Float32Array.from({ length: channels * height * width }, (_, i) => i * scale);
  return float32Tensor([1, channels, height, width], data);
}

describe("originalFeatures", () => {
  test("puts the picture behind the latent in PyTorch's order of pixel-unshuffle", async () => {
    const latent = { samples: ramp(4, 1, 2, 1), space: "diopter", downscale: 8 };
    const picture = { pixels: ramp(3, 2, 4, 1 / 32) };
    const { data } = await originalFeatures(denoiser, latent, picture, 0, testContext());
    const place = (colour: number, y: number, x: number) => colour * 8 + y * 4 + x;
    const expected = [0, 1, 2].flatMap((colour) =>
      [0, 1].flatMap((row) =>
        [0, 1].flatMap((column) => [0, 1].map((x) => place(colour, row, 2 * x + column))),
      ),
    );
    expect([...data.subarray(0, 8)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...data.subarray(8)]).toEqual(expected.map((index) => index / 16 - 1));
  });

  test("mirrors a picture of odd size up to the latent's padding, without a note", async () => {
    const latent = {
      samples: ramp(4, 2, 2, 0),
      space: "diopter",
      downscale: 8,
      pictureSize: { width: 12, height: 12 },
    };
    const context = testContext();
    const picture = { pixels: ramp(3, 3, 3, 1 / 27) };
    const { data } = await originalFeatures(denoiser, latent, picture, 0, context);
    // Red, column 1 of each block: pixels 1 and, mirrored, 1 again.
    expect([...data.subarray(20, 22)]).toEqual([1, 1].map((x) => Math.fround((2 * x) / 27 - 1)));
    expect(context.told.notes).toEqual([]);
  });

  test("refuses channels that are no picture's", async () => {
    const latent = { samples: ramp(4, 1, 1, 0), space: "diopter", downscale: 8 };
    const odd = { ...denoiser, originalChannels: 9 };
    const features = originalFeatures(odd, latent, undefined, 0, testContext());
    await expect(features).rejects.toMatchObject({ code: "model/mismatch", port: "original" });
  });
});

describe("fitPreview", () => {
  test("finds the colours that depend linearly on the latent", async () => {
    const original = {
      data: await (await goldenTensor("trajectories.safetensors", "latent")).read(),
      width: 9,
      height: 6,
      channels: 4,
      pictureChannels: 0,
    };
    expect(fitPreview(original)).toBeUndefined();
    const area = 54;
    const colours = [0, 1, 2].map((colour) =>
      Float32Array.from({ length: area }, (_, place) => {
        const [a = 0, b = 0] = [
          original.data[colour * area + place],
          original.data[3 * area + place],
        ];
        return 0.5 + 0.06 * a - 0.03 * b;
      }),
    );
    const data = new Float32Array(7 * area);
    data.set(original.data);
    colours.forEach((plane, colour) => {
      data.set(
        plane.map((value) => 2 * value - 1),
        (4 + colour) * area,
      );
    });
    const preview = fitPreview({ ...original, data, pictureChannels: 3 });
    const expected = float32Tensor([1, 3, 6, 9], Float32Array.from(colours.flatMap((c) => [...c])));
    expect(await largestDifference(preview?.(original.data), expected)).toBeLessThan(5e-3);
  });

  test("stays finite where the picture is flat", () => {
    const data = new Float32Array(7 * 4).fill(0.25);
    const flat = { data, width: 2, height: 2, channels: 4, pictureChannels: 3 };
    const pixels = fitPreview(flat)?.(data.subarray(0, 16));
    expect(pixels?.shape).toEqual([1, 3, 2, 2]);
  });
});

describe("createTimeline", () => {
  const size = { width: 3, height: 2 };
  const rule = createRule(denoiser, undefined);

  test("gives the coefficients of a rule as scalars", async () => {
    const schedule: ScheduleValue = { kind: "scalar", timesteps: [1000, 400.5, 0] };
    const timeline = await createTimeline(schedule, rule, 1000, size);
    const region = { x: 0, y: 0, ...size };
    const { tensors, isNoisy } = timeline.stepInputs(0, region);
    expect(timeline.steps).toBe(2);
    expect([isNoisy, timeline.isLikelyNoisy(0, region)]).toEqual([true, true]);
    expect(timeline.stepInputs(1, region).isNoisy).toBe(false);
    expect(timeline.isLikelyNoisy(1, region)).toBe(false);
    expect(tensors.timestep?.shape).toEqual([1, 1, 1, 1]);
    const noise = await tensors.fromNoise?.read();
    expect(noise?.[0]).toBeCloseTo(rule.step(1000, 400.5).fromNoise, 6);
  });

  test("cuts maps to the region", async () => {
    const map = (values: readonly number[]) =>
      float32Tensor([1, 1, 2, 3], Float32Array.from(values));
    const middle = [100, 200, 300, 400, 500, 600];
    const timesteps = [map(new Array(6).fill(1000)), map(middle), map(new Array(6).fill(0))];
    const timeline = await createTimeline({ kind: "map", timesteps }, rule, 1000, size);
    const { tensors } = timeline.stepInputs(1, { x: 1, y: 0, width: 2, height: 2 });
    expect(tensors.timestep?.shape).toEqual([1, 1, 2, 2]);
    expect([...((await tensors.timestep?.read()) ?? [])]).toEqual([200, 300, 500, 600]);
  });
});
