import { expect, it, vi } from "vitest";
import { createAnalyst, type StartAnalysis } from "./analyst.js";
import { cachedReader } from "./pixel-cache.js";
import type { Pixels } from "./pixels.js";
import { answer } from "./requests.js";

const flat = (width: number, height: number, value: number): Pixels => ({
  width,
  height,
  data: new Uint8ClampedArray(4 * width * height).fill(value),
});

const read = async (url: string, size = { width: 2, height: 1 }) => {
  if (url === "gone") throw new Error("404");
  return flat(size.width, size.height, Number(url));
};

/** Answers as the worker does, in the same thread. */
const direct: StartAnalysis =
  (onReply) =>
  ({ id, request }) => {
    answer(request, read).then(
      (found) => onReply({ id, answer: found }),
      (error: Error) => onReply({ id, error: error.message }),
    );
  };

it("answers each question with its own answer", async () => {
  const analyst = createAnalyst(direct);
  const [histogram, pixel, outside, distance, difference] = await Promise.all([
    analyst.histogram("7"),
    analyst.pixel("9", 1, 0),
    analyst.pixel("9", 2, 0),
    analyst.distance("10", "13"),
    analyst.difference("10", "10", 4),
  ]);
  expect(histogram.red[7]).toBe(2);
  expect(pixel).toEqual([9, 9, 9, 9]);
  expect(outside).toBeUndefined();
  expect([distance.meanAbsolute, distance.largest]).toEqual([3, 3]);
  expect(difference.data).toHaveLength(8);
});

it("passes failures on, and goes on after them", async () => {
  const analyst = createAnalyst(direct);
  await expect(analyst.heatMap("gone")).rejects.toThrow("404");
  expect((await analyst.heatMap("200")).width).toBe(2);
});

it("starts another worker after one has died", async () => {
  const deaths: ((message: string) => void)[] = [];
  const analyst = createAnalyst((onReply, onDeath) => {
    deaths.push(onDeath);
    return deaths.length === 1 ? () => undefined : direct(onReply, onDeath);
  });
  const lost = analyst.pixel("1", 0, 0);
  deaths[0]?.("stopped");
  await expect(lost).rejects.toThrow("stopped");
  expect(await analyst.pixel("1", 0, 0)).toEqual([1, 1, 1, 1]);
  expect(deaths).toHaveLength(2);
});

it("decodes a picture once while it is remembered, and forgets the oldest", async () => {
  const decode = vi.fn(async (url: string) => flat(10, 10, Number(url)));
  const cached = cachedReader(decode, 250);
  await Promise.all([cached("1"), cached("1")]);
  await cached("2");
  await cached("1");
  expect(decode).toHaveBeenCalledTimes(2);
  await cached("3");
  await cached("1");
  expect(decode).toHaveBeenCalledTimes(3);
  await cached("2");
  expect(decode).toHaveBeenCalledTimes(4);
});

it("tries again after a reading has failed", async () => {
  const decode = vi
    .fn()
    .mockRejectedValueOnce(new Error("busy"))
    .mockResolvedValue(flat(1, 1, 5));
  const cached = cachedReader(decode);
  await expect(cached("1")).rejects.toThrow("busy");
  expect((await cached("1")).width).toBe(1);
});
