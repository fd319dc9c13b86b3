import type { DiffusionProcess, Tensor } from "@diopter/engine";
import { expect, test } from "vitest";
import { goldenTensor } from "../../test/golden-cases.js";
import { createRule } from "./create-rule.js";

const processes: readonly DiffusionProcess[] = [
  { kind: "residual-shift", timesteps: 1000, kappa: 1.5, minNoise: 0.04, power: 0.3 },
  { kind: "scaled-linear", timesteps: 1000, betaStart: 0.00085, betaEnd: 0.012 },
];

// float32 in Python, float64 here: near ᾱ = 1 the former's 1 − ᾱ has few digits.
test.each(processes)("$kind: training's start and steps between maps, to 1e-3", async (process) => {
  const file = `process-${process.kind}-cases.safetensors`;
  const read = async (name: string) => {
    const tensor: Tensor<"float32"> = await goldenTensor(file, `${process.kind}.${name}`);
    return tensor.read();
  };
  const kind = process.kind === "residual-shift" ? process.kind : "ddpm";
  const rule = createRule({ name: "test", prediction: "x0", process }, { kind, eta: 1 });
  const [clean, degraded, noise] = [
    await read("clean"),
    await read("degraded"),
    await read("noise"),
  ];
  const [noisy, stepped, start] = [await read("noisy"), await read("stepped"), await read("start")];
  const [timesteps, following] = [await read("timesteps"), await read("following")];
  const scales = await read("inputScale");
  const area = 5 * 6;
  const begin = rule.start(1000);
  noisy.forEach((x, index) => {
    const pixel = Math.floor(index / (4 * area)) * area + (index % area);
    const at = (values: Float32Array, place: number) => values[place] ?? Number.NaN;
    const step = rule.step(at(timesteps, pixel), at(following, pixel));
    const next =
      step.fromSample * x +
      step.fromClean * at(clean, index) +
      step.fromOriginal * at(degraded, index) +
      step.fromNoise * at(noise, index);
    expect(Math.abs(next - at(stepped, index))).toBeLessThan(1e-3);
    expect(step.inputScale).toBeCloseTo(1 / at(scales, pixel), 5);
    const started = begin.fromOriginal * at(degraded, index) + begin.fromNoise * at(noise, index);
    expect(started).toBeCloseTo(at(start, index), 5);
  });
});
