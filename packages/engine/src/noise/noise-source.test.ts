import { describe, expect, test } from "vitest";
import { gaussianNoise, type NoiseRequest } from "./gaussian-noise.js";
import { createNoiseSource } from "./noise-source.js";
import { type NoiseThread, openNoiseThread } from "./noise-thread.js";

const large = { channels: 4, region: { x: 3, y: 5, width: 64, height: 64 } };
const step = (index: number): NoiseRequest => ({ seed: 7, step: index, ...large });

/** A thread whose answers tell them from those that the source drew by itself. */
function markedThread(isReady = true) {
  const asked: number[] = [];
  const thread: NoiseThread = {
    isReady,
    draw: async (request) => {
      asked.push(request.step);
      return Float32Array.of(request.step);
    },
    close: async () => {},
  };
  return { asked, source: createNoiseSource(() => thread) };
}

describe("a source of noise", () => {
  test("hands out what was drawn ahead, once", async () => {
    const { source, asked } = markedThread();
    source.expect(step(1));
    source.expect(step(1));
    expect(asked).toEqual([1]);
    expect(await source.draw(step(1))).toEqual(Float32Array.of(1));
    expect(await source.draw(step(1))).toEqual(gaussianNoise(step(1)));
  });

  test.each<[string, NoiseRequest]>([
    ["another step", step(2)],
    ["another seed", { ...step(1), seed: 8 }],
    ["another place", { ...step(1), region: { ...large.region, x: 4 } }],
    ["another size", { ...step(1), region: { ...large.region, width: 63 } }],
    ["other channels", { ...step(1), channels: 5 }],
    ["more pictures", { ...step(1), items: 2 }],
  ])("draws %s itself", async (_, request) => {
    const { source } = markedThread();
    source.expect(step(1));
    expect(await source.draw(request)).toEqual(gaussianNoise(request));
  });

  test("keeps the last two that were expected", async () => {
    const { source } = markedThread();
    for (const index of [1, 2, 3]) source.expect(step(index));
    expect(await source.draw(step(1))).toEqual(gaussianNoise(step(1)));
    expect(await source.draw(step(2))).toEqual(Float32Array.of(2));
    expect(await source.draw(step(3))).toEqual(Float32Array.of(3));
  });

  test("asks no thread for little", () => {
    const { source, asked } = markedThread();
    source.expect({ ...step(1), region: { x: 0, y: 0, width: 8, height: 8 } });
    expect(asked).toEqual([]);
  });

  test("does not wait for a thread that is not ready", async () => {
    const { source } = markedThread(false);
    source.expect(step(1));
    expect(await source.draw(step(1))).toEqual(gaussianNoise(step(1)));
  });

  test("draws itself what the thread could not, and where there is none", async () => {
    const failing: NoiseThread = {
      isReady: true,
      draw: async () => undefined,
      close: async () => {},
    };
    for (const thread of [failing, undefined]) {
      const source = createNoiseSource(() => thread);
      source.expect(step(4));
      expect(await source.draw(step(4))).toEqual(gaussianNoise(step(4)));
    }
  });

  test("refuses what cannot be drawn, expected or not", async () => {
    const { source } = markedThread(false);
    const wrong = { ...step(1), seed: -1 };
    source.expect(wrong);
    await expect(source.draw(wrong)).rejects.toMatchObject({ code: "node/invalid-value" });
  });
});

test("there is no thread without its script", () => {
  expect(openNoiseThread(new URL("file:///nowhere/noise-worker.js"))).toBeUndefined();
});
