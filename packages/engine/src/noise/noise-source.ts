import { gaussianNoise, type NoiseRequest } from "./gaussian-noise.js";
import type { NoiseAnswer } from "./noise-answer.js";
import { type NoiseThread, openNoiseThread } from "./noise-thread.js";

/** Draws noise, and ahead of time what will be wanted next. */
export interface NoiseSource {
  /**
   * Says what will be drawn later, so that it can be begun beside other work. Only the last two are
   * kept; one that is never drawn costs time and nothing else.
   */
  expect(request: NoiseRequest): void;
  /**
   * {@link gaussianNoise} of this request, whether it was expected or not; the caller's own to
   * change.
   * @throws DiopterError `node/invalid-value` as it does.
   */
  draw(request: NoiseRequest): Promise<Float32Array>;
}

/** Fewer elements are drawn in less time than it takes to ask a thread for them. */
const worthAThread = 16_384;
/** What is being waited for and what comes after it. */
const mostExpected = 2;

let shared: { readonly thread: NoiseThread | undefined } | undefined;

/** All sources share one thread, which starts with the first that can use it. */
function sharedThread(): NoiseThread | undefined {
  shared ??= { thread: openNoiseThread() };
  return shared.thread;
}

/** @param thread - draws what is expected; without one, everything is drawn when it is wanted. */
export function createNoiseSource(thread = sharedThread): NoiseSource {
  const expected = new Map<string, Promise<NoiseAnswer>>();
  return {
    expect(request) {
      const key = keyOf(request);
      if (elements(request) < worthAThread || expected.has(key)) return;
      const drawing = thread()?.draw(request);
      if (drawing === undefined) return;
      expected.set(key, drawing);
      const [oldest] = expected.keys();
      if (expected.size > mostExpected && oldest !== undefined) expected.delete(oldest);
    },
    async draw(request) {
      const key = keyOf(request);
      const drawing = expected.get(key);
      expected.delete(key);
      // A thread that is still starting would be waited for longer than drawing takes.
      const isWorthWaiting = drawing !== undefined && thread()?.isReady === true;
      return (isWorthWaiting ? await drawing : undefined) ?? gaussianNoise(request);
    },
  };
}

function elements({ items = 1, channels, region }: NoiseRequest): number {
  return items * channels * region.width * region.height;
}

function keyOf({ seed, step, items = 1, channels, region }: NoiseRequest): string {
  return [seed, step, items, channels, region.x, region.y, region.width, region.height].join();
}
