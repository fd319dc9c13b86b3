import {
  type DenoiserValue,
  type Device,
  DiopterError,
  float32Tensor,
  type RunContext,
  type Tensor,
} from "@diopter/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testContext } from "../../test/run-context.js";
import { tileLayout } from "../../tiles/index.js";
import { createRule } from "../rules/create-rule.js";
import { createCodebook } from "./codebook.js";
import { createPlan } from "./create-plan.js";
import type { AdaptiveRun } from "./run-batch.js";
import { runTiles } from "./run-tiles.js";

const emptyModule = { key: "test", build: () => ({}) };
const denoiser: DenoiserValue = {
  name: "test",
  space: "test",
  channels: 1,
  originalChannels: 1,
  process: { kind: "residual-shift", timesteps: 1000, kappa: 1, minNoise: 0.04, power: 0.3 },
  prediction: "x0",
  parameters: 0,
  network: emptyModule,
};
const rule = createRule(denoiser, undefined);

/** Gains of a tile's steps, by the constant that its original holds and the timestep. */
type Gains = (tile: number, timestep: number) => readonly [number, number];

/** A device whose network keeps the sample, and that tells of every run. */
function fakeDevice(gains: Gains, told: number[], most = Number.POSITIVE_INFINITY): Device {
  const context = testContext();
  return {
    ...context.device,
    description: "A small device",
    run: async (_program, inputs) => {
      const { sample, original, timestep } = inputs;
      if (!isFloat32(sample) || !isFloat32(original) || !isFloat32(timestep)) expect.fail();
      const count = sample.shape[0] ?? 0;
      if (count > most) {
        throw new DiopterError("device/out-of-memory", { message: "Full.", remedy: "Less." });
      }
      told.push(count);
      const tiles = await original.read();
      const times = await timestep.read();
      const area = tiles.length / count;
      const gained = Array.from({ length: count }, (_, index) =>
        gains(tiles[index * area] ?? 0, times[index] ?? 0),
      ).flat();
      return {
        next: float32Tensor(sample.shape, (await sample.read()).slice()),
        // Each estimate can be told from the others.
        clean: float32Tensor(
          sample.shape,
          (await sample.read()).map((_, place) => times[Math.floor(place / area)] ?? 0),
        ),
        gained: float32Tensor([count, 2, 1, 1], Float32Array.from(gained)),
      };
    },
  };
}

const isFloat32 = (tensor: Tensor | undefined): tensor is Tensor<"float32"> =>
  tensor?.type === "float32";

/** A row of `count` tiles without overlap, whose originals hold their numbers. */
function job(count: number, context: RunContext, batch: number) {
  const layout = tileLayout({
    width: 2 * count,
    height: 2,
    tileWidth: 2,
    tileHeight: 2,
    overlap: 0,
  });
  const data = Float32Array.from({ length: 4 * count }, (_, place) =>
    Math.floor((place % (2 * count)) / 2),
  );
  const part = { kind: "test", key: "test", modules: {}, options: {} };
  const options = {
    threshold: 0.005,
    growing: 50,
    mixed: 100,
    stable: 150,
    still: 200,
    start: 1000,
    leaveEarly: true,
  };
  const policy = { kind: "dtss", key: "test", modules: {}, options };
  const { planner, start } = createPlan({
    policy,
    gain: part,
    schedule: undefined,
    steps: 1,
    terminal: 1000,
  });
  const run: AdaptiveRun = {
    denoiser,
    program: emptyModule,
    parts: { injection: undefined, gain: emptyModule, score: undefined },
    rule,
    codebook: createCodebook(rule),
    score: undefined,
    scale: 1,
    seed: 1,
    context,
  };
  const original = { data, width: 2 * count, height: 2, channels: 1, pictureChannels: 0 };
  const watch = async () => {};
  return {
    run,
    original,
    layout,
    start,
    plan: planner,
    batch,
    blend: "at the end",
    watch,
    known: undefined,
    save: watch,
  } as const;
}

describe("runTiles", () => {
  test("no run of the network has room while tiles wait", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 1, maxLength: 30 }),
        async (count, batch, values) => {
          const at = (place: number) => values[place % values.length] ?? 0;
          const gains: Gains = (tile, timestep) => [
            at(tile * 7 + Math.round(timestep)),
            at(tile * 3 + Math.round(timestep / 2)),
          ];
          const told: number[] = [];
          const context = testContext({ device: fakeDevice(gains, told) });
          const tiles = await runTiles(job(count, context, batch));
          const evaluations = tiles.reduce((sum, { steps }) => sum + steps.length, 0);
          expect(told.reduce((sum, size) => sum + size, 0)).toBe(evaluations);
          expect(tiles.every(({ at: end }) => end === 0)).toBe(true);
          // Once a run is smaller than a batch nothing waits any more: runs never grow again.
          const short = told.findIndex((size) => size < batch);
          const rest = short < 0 ? [] : told.slice(short);
          expect(rest).toEqual([...rest].sort((left, right) => right - left));
          expect(told.every((size) => size <= batch)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("a tile that leaves early ends with the best estimate of the second half", async () => {
    const byTimestep: Gains = (_, timestep) => {
      if (timestep === 900) return [0, 0.9];
      if (timestep === 500) return [0, 0.004];
      return timestep < 500 ? [0, -0.2] : [0, 0];
    };
    const context = testContext({ device: fakeDevice(byTimestep, []) });
    const [tile] = await runTiles(job(1, context, 4));
    expect(tile?.steps.map(({ from }) => from)).toEqual([1000, 950, 900, 700, 500, 300]);
    expect(tile?.leftEarly).toBe(true);
    expect([...(tile?.sample ?? [])]).toEqual([500, 500, 500, 500]);
    expect(tile?.steps[0]).toEqual({ from: 1000, to: 950, category: "growing" });
    expect(tile?.steps[2]).toMatchObject({ category: "still", gain: { fullReference: 0 } });
  });

  test("where the second half only loses, it ends with the last estimate before it", async () => {
    const falling: Gains = (_, timestep) => [0, timestep <= 500 ? -0.2 : 0.1];
    const context = testContext({ device: fakeDevice(falling, []) });
    const [tile] = await runTiles(job(1, context, 4));
    expect(tile?.steps.map(({ from }) => from)).toEqual([1000, 950, 900, 700, 500]);
    expect([...(tile?.sample ?? [])]).toEqual([700, 700, 700, 700]);
  });

  test("batches shrink where memory does not suffice, and the note says so", async () => {
    const still: Gains = () => [0, 0];
    const told: number[] = [];
    const context = testContext({ device: fakeDevice(still, told, 3) });
    const tiles = await runTiles(job(7, context, 8));
    expect(tiles).toHaveLength(7);
    expect(context.told.notes).toEqual([
      "A small device ran out of memory with 7 tiles at once; 3 are used.",
    ]);
    expect(Math.max(...told)).toBe(3);
  });
});
