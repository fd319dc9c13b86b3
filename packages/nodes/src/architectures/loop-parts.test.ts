import { createDevice, type Device, moduleProgram, type TensorProgram } from "@diopter/engine";
import { prepareSoftwareWebgpu } from "@diopter/engine/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildModel, readCheckpoint } from "../model/read-checkpoint.js";
import { goldenCases, goldenPath, goldenTensor } from "../test/golden-cases.js";
import { largestDifference } from "../test/largest-difference.js";
import { diopterGain } from "./diopter-gain.js";
import { diopterInjection } from "./diopter-injection.js";

const vulkanDriver = prepareSoftwareWebgpu();

async function gainProgram(path: string): Promise<TensorProgram> {
  const { module, channels } = buildModel(await readCheckpoint(path), [diopterGain], undefined);
  const state = ["batch", channels, "height", "width"];
  return moduleProgram(module, { clean: state, previous: state, original: state });
}

async function injectionProgram(path: string): Promise<TensorProgram> {
  const checkpoint = await readCheckpoint(path);
  const { module, channels } = buildModel(checkpoint, [diopterInjection], undefined);
  return moduleProgram(module, {
    original: ["batch", channels, "height", "width"],
    gain: ["batch", 2, 1, 1],
  });
}

const cases = goldenCases("gain", "inject");

describe.each([
  { id: "cpu", tolerance: 1e-4, missing: false },
  { id: "webgpu", tolerance: 1e-3, missing: vulkanDriver === undefined },
] as const)("on $id, as in PyTorch to $tolerance", ({ id, tolerance, missing }) => {
  describe.skipIf(missing)("case by case", () => {
    let device: Device;
    beforeAll(async () => {
      device = await createDevice(id);
    });
    afterAll(() => device.dispose());

    test.each(cases)(
      "$name",
      async (golden) => {
        const path = goldenPath(golden.model ?? "");
        const isGain = golden.function === "gain";
        const program = await (isGain ? gainProgram(path) : injectionProgram(path));
        const given = Object.entries(golden.inputs ?? {}).map(
          async ([input, name]) => [input, await goldenTensor(golden.file, name)] as const,
        );
        const outputs = await device.run(program, Object.fromEntries(await Promise.all(given)));
        const expected = await goldenTensor(golden.file, golden.output ?? "");
        const actual = outputs[isGain ? "gain" : "injected"];
        expect(await largestDifference(actual, expected)).toBeLessThan(tolerance);
      },
      60_000,
    );
  });
});

test("the golden values hold the regressor and every kind of injection", () => {
  const models = new Set(cases.map(({ model }) => model));
  expect([...models].sort()).toEqual([
    "gain.safetensors",
    "injection-concat.safetensors",
    "injection-cross-attention.safetensors",
    "injection-pfj.safetensors",
  ]);
});
