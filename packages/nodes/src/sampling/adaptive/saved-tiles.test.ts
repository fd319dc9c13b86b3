import type { NodeState, SavedState } from "@diopter/engine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { tileLayout } from "../../tiles/index.js";
import { tileCategories } from "./policy.js";
import { loadTileStates, saveTileStates, type TilesWork } from "./saved-tiles.js";

const work: TilesWork = {
  seed: 3,
  start: 1000,
  channels: 2,
  blend: "at the end",
  largest: 4,
  layoutOf: (tile) =>
    tileLayout({ width: 11, height: 3, tileWidth: tile, tileHeight: tile, overlap: 1 }),
};

function memory(isDue = true) {
  const saved = new Map<string, SavedState>();
  const state: NodeState = {
    load: async (name) => saved.get(name),
    save: async (name, given) => {
      saved.set(name, given);
    },
    isDue,
  };
  return { saved, context: { state, signal: new AbortController().signal } };
}

const numbers = fc.oneof(fc.double(), fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY));
const gains = fc.record({ fullReference: numbers, noReference: numbers });
const latents = fc.float32Array({ minLength: 24, maxLength: 24 });
const paths = fc.array(
  fc.record({
    to: fc.double({ min: 1, max: 900 }),
    category: fc.constantFrom(...tileCategories),
    gain: fc.option(gains, { nil: undefined }),
  }),
  { minLength: 1, maxLength: 4 },
);
const tiles = fc
  .record({
    path: paths,
    end: fc.constantFrom("none", "left", "zero"),
    sample: latents,
    clean: latents,
    best: fc.option(latents, { nil: undefined }),
    score: fc.option(gains, { nil: undefined }),
    naturalness: numbers,
    bestNaturalness: numbers,
  })
  .map(({ path, end, sample, clean, best, score, naturalness, bestNaturalness }) => {
    const steps = path.map(({ to, category, gain }, index) => ({
      from: path[index - 1]?.to ?? 1000,
      to: end === "zero" && index === path.length - 1 ? 0 : to,
      category,
      ...(gain === undefined ? {} : { gain }),
    }));
    const onItsWay = { clean: best ?? clean, naturalness: bestNaturalness };
    return {
      sample,
      at: end === "none" ? (steps.at(-1)?.to ?? 1000) : 0,
      clean: end === "left" ? sample : clean,
      gain: path.at(-1)?.gain,
      score,
      naturalness,
      best: end === "none" ? onItsWay : undefined,
      steps,
      leftEarly: end === "left",
    };
  });

test("gives back every tile exactly", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(tiles, { minLength: 1, maxLength: 3 }), async (begun) => {
      const { context } = memory();
      const soFar = { tile: 4, batch: 2, tiles: begun.map((tile, index) => ({ ...tile, index })) };
      await saveTileStates(context, "0", work, soFar);
      expect(await loadTileStates(context, "0", work)).toEqual(soFar);
      expect(await loadTileStates(context, "1", work)).toBeUndefined();
    }),
  );
});

const [tile] = fc.sample(tiles, { numRuns: 1, seed: 1 });
const soFar = { tile: 4, batch: 2, tiles: tile === undefined ? [] : [{ ...tile, index: 0 }] };

test("saves only when it is time to, or where the run is given up", async () => {
  const { saved, context } = memory(false);
  await saveTileStates(context, "0", work, soFar);
  expect(saved.size).toBe(0);
  await saveTileStates({ ...context, signal: AbortSignal.abort() }, "0", work, soFar);
  expect(saved.size).toBe(1);
});

const others: readonly Partial<TilesWork>[] = [
  { seed: 4 },
  { start: 999 },
  { channels: 3 },
  { blend: "every step" },
  { largest: 3 },
  { layoutOf: (side) => ({ ...work.layoutOf(side), overlap: 2 }) },
];
test.each(others)("ignores what was saved for other work: %o", async (changed) => {
  const { context } = memory();
  await saveTileStates(context, "0", work, soFar);
  expect(await loadTileStates(context, "0", { ...work, ...changed })).toBeUndefined();
});

test("ignores what another version has saved, and what lacks a part", async () => {
  const { saved, context } = memory();
  await saveTileStates(context, "0", work, soFar);
  const state = saved.get("0");
  if (state === undefined) expect.fail();
  const older = JSON.stringify(state.values).replace('version\\":1', 'version\\":0');
  expect(JSON.parse(older)).not.toEqual(state.values);
  saved.set("0", { ...state, values: JSON.parse(older) });
  expect(await loadTileStates(context, "0", work)).toBeUndefined();
  const { sample0: _, ...rest } = state.tensors;
  saved.set("0", { ...state, tensors: rest });
  expect(await loadTileStates(context, "0", work)).toBeUndefined();
});
