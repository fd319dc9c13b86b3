import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createDevice,
  type DenoiserValue,
  type Device,
  DiopterError,
  FileStates,
  type LoopPartValue,
  type NodeState,
} from "@diopter/engine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { metricsGain } from "../gain/index.js";
import {
  adaptiveDefaults,
  brighten,
  dynamicPolicy,
  nothingAdaptive,
  tinyGain,
} from "../test/adaptive-inputs.js";
import { testContext } from "../test/run-context.js";
import { tinyDenoiser, wavyOriginal } from "../test/sampling-inputs.js";
import { sampleAdaptive } from "./sample-adaptive.js";

const folder = mkdtempSync(join(tmpdir(), "diopter-resume-adaptive-"));
let device: Device;
let denoiser: DenoiserValue;
let gain: LoopPartValue;
let policy: LoopPartValue;
beforeAll(async () => {
  device = await createDevice("cpu");
  [denoiser, gain, policy] = [await tinyDenoiser(), await tinyGain(), await dynamicPolicy()];
});
afterAll(async () => {
  await device.dispose();
  rmSync(folder, { recursive: true });
});

type Inputs = Parameters<typeof sampleAdaptive.run>[0];
type Params = Parameters<typeof sampleAdaptive.run>[1];

interface Death {
  /** After so many runs of the network. */
  readonly after: number;
  /** Asked to stop, instead of killed. */
  readonly inGoodOrder?: boolean;
}

/** A run that keeps its state under a key, and counts the tiles that go through the network. */
async function runSaving(
  inputs: Inputs,
  params: Params,
  key: string,
  { after, inGoodOrder = false }: Death = { after: Number.POSITIVE_INFINITY },
  on: Device = device,
) {
  const seconds = inGoodOrder ? 1e6 : 0;
  const states = await FileStates.open({ folder, maxBytes: 1e9, seconds });
  const kept = states.of(key);
  const abort = new AbortController();
  let [runs, evaluations, largest, killed] = [0, 0, 0, false];
  const observed: Device = {
    ...on,
    id: "cpu",
    description: "observed",
    run: async (program, tensors, options) => {
      const outputs = await on.run(program, tensors, options);
      if (tensors.timestep === undefined) return outputs;
      runs += 1;
      const count = tensors.timestep.shape[0] ?? 0;
      evaluations += count;
      largest = Math.max(largest, count);
      if (runs <= after) return outputs;
      abort.abort();
      killed = !inGoodOrder;
      return outputs;
    },
  };
  const state: NodeState = {
    load: (name) => kept.load(name),
    get isDue() {
      return kept.isDue;
    },
    // The killed save nothing any more.
    save: async (name, saved) => (killed ? undefined : kept.save(name, saved)),
  };
  const context = testContext({ device: observed, signal: abort.signal });
  const made = sampleAdaptive.run(inputs, params, { ...context, state });
  const result = await made.catch((thrown: unknown) => {
    if (after === Number.POSITIVE_INFINITY) throw thrown;
    return undefined;
  });
  if (result === undefined) return { evaluations, runs, largest };
  const bytes = await result.latent.samples.read();
  const [shown] = context.told.previews.filter(({ kind }) => kind === "tiles").slice(-1);
  return { evaluations, runs, largest, bytes, metrics: result.evaluations, shown };
}

const wired = (batch = 1): Inputs => ({
  ...nothingAdaptive,
  denoiser,
  gain,
  policy,
  injection: brighten,
  ...wavyOriginal(40, 24, batch),
});

const blends = ["at the end", "every step"] as const;
const cases = blends.flatMap((blend) =>
  [1, 4].flatMap((batch) => [true, false].map((inGoodOrder) => ({ blend, batch, inGoodOrder }))),
);

test.each(cases)(
  "goes on where it was cut off, with the same bytes: %o",
  async ({ blend, batch, inGoodOrder }) => {
    const params = { ...adaptiveDefaults, blend, batch };
    const key = JSON.stringify(params) + inGoodOrder;
    const expected = await runSaving(wired(), params, `${key} undisturbed`);
    for (const share of [0.4, 0.8]) {
      const after = Math.ceil(expected.runs * share);
      const cut = await runSaving(wired(), params, `${key} ${share}`, { after, inGoodOrder });
      expect(cut.bytes).toBeUndefined();
      const { evaluations, ...rest } = await runSaving(wired(), params, `${key} ${share}`);
      expect(evaluations).toBeLessThan(expected.evaluations * (1.2 - share));
      expect(rest.bytes).toEqual(expected.bytes);
      expect(rest.metrics).toEqual(expected.metrics);
      expect(rest.shown).toEqual(expected.shown);
    }
  },
);

test.each([1, 2, 5, 9, 14])("goes on though it is cut off every %d runs", async (after) => {
  const params = { ...adaptiveDefaults, batch: 3 };
  const expected = await runSaving(wired(2), params, `again undisturbed ${after}`);
  for (let starts = 1; ; starts += 1) {
    const { bytes } = await runSaving(wired(2), params, `again ${after}`, { after });
    expect(starts).toBeLessThan(expected.runs + 2);
    if (bytes === undefined) continue;
    expect(starts).toBeGreaterThan(1);
    expect(bytes).toEqual(expected.bytes);
    break;
  }
});

test("keeps the best estimates of tiles that leave early", async () => {
  const inputs = { ...wired(), policy: await dynamicPolicy({ threshold: 0 }) };
  const expected = await runSaving(inputs, adaptiveDefaults, "early undisturbed");
  expect(expected.metrics?.leftEarly).toBeGreaterThan(0);
  await runSaving(inputs, adaptiveDefaults, "early", { after: expected.runs * 0.7 });
  const resumed = await runSaving(inputs, adaptiveDefaults, "early");
  expect(resumed.evaluations).toBeLessThan(expected.evaluations);
  expect(resumed.bytes).toEqual(expected.bytes);
  expect(resumed.metrics).toEqual(expected.metrics);
});

test("keeps the scores of metrics exactly", async () => {
  const weights = { psnr: 1, ssim: 0.5, nlpd: 1, gmsd: 2, niqe: 0.3, brisque: 1 };
  const scored = await metricsGain.run(
    { vae: undefined },
    { on: "latents", ...weights },
    testContext(),
  );
  const inputs = { ...wired(), gain: scored.gain };
  const expected = await runSaving(inputs, adaptiveDefaults, "metrics undisturbed");
  await runSaving(inputs, adaptiveDefaults, "metrics", { after: expected.runs / 2 });
  const resumed = await runSaving(inputs, adaptiveDefaults, "metrics");
  expect(resumed.evaluations).toBeLessThan(expected.evaluations);
  expect(resumed.bytes).toEqual(expected.bytes);
  expect(resumed.shown).toEqual(expected.shown);
});

test("goes on in batches of another size", async () => {
  const expected = await runSaving(wired(), adaptiveDefaults, "size undisturbed");
  await runSaving(wired(), adaptiveDefaults, "size", { after: expected.runs / 2 });
  const resumed = await runSaving(wired(), { ...adaptiveDefaults, batch: 1 }, "size");
  expect(resumed.evaluations).toBeLessThan(expected.evaluations);
  const difference = resumed.bytes?.map((value, index) =>
    Math.abs(value - (expected.bytes?.[index] ?? NaN)),
  );
  expect(Math.max(...(difference ?? [NaN]))).toBeLessThan(1e-6);
});

test("goes on with the smaller tiles and batches that memory had asked for", async () => {
  const small: Device = {
    ...device,
    id: "cpu",
    description: "A small device",
    run: async (program, tensors, options) => {
      const [count = 1, , height = 1, width = 1] = tensors.sample?.shape ?? [];
      if (count * height * width > 192) {
        throw new DiopterError("device/out-of-memory", { message: "Full.", remedy: "Less." });
      }
      return device.run(program, tensors, options);
    },
    trim: async () => {},
  };
  const key = "small";
  const params = { ...adaptiveDefaults, overlap: 2 };
  const expected = await runSaving(wired(), params, `${key} undisturbed`, undefined, small);
  await runSaving(wired(), params, key, { after: expected.runs / 2 }, small);
  const resumed = await runSaving(wired(), params, key);
  expect(resumed.evaluations).toBeLessThan(expected.evaluations);
  expect(resumed.largest).toBe(2);
  expect(resumed.bytes).toEqual(expected.bytes);
});

const others: readonly (readonly [string, Partial<Params>])[] = [
  ["seed", { seed: 8 }],
  ["overlap", { overlap: 4 }],
  ["tile", { tile: 8 }],
  ["blending", { blend: "every step" }],
];
test.each(others)("a state of another %s is ignored", async (name, changed) => {
  const other = { ...adaptiveDefaults, ...changed };
  const expected = await runSaving(wired(), other, `other ${name} undisturbed`);
  await runSaving(wired(), adaptiveDefaults, `other ${name}`, { after: 10 });
  const resumed = await runSaving(wired(), other, `other ${name}`);
  expect(resumed.evaluations).toBe(expected.evaluations);
  expect(resumed.bytes).toEqual(expected.bytes);
});
