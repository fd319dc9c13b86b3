import { float32Tensor } from "@diopter/engine";
import { describe, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { largestDifference, noiseArray } from "../test/test-picture.js";
import { mergeLatent } from "./merge-latent.js";
import { splitLatent } from "./split-latent.js";

const context = testContext();
const latent = {
  samples: float32Tensor(
    [1, 4, 20, 33],
    noiseArray(2640).map((value) => value * 8 - 4),
  ),
  space: "test",
  downscale: 8,
};

describe("tiles/split-latent and tiles/merge-latent", () => {
  test("give back the latent that was split", async () => {
    const { tiles } = await splitLatent.run({ latent }, { size: 16, overlap: 8 }, context);
    expect(tiles).toMatchObject({ content: "latent", source: latent });
    expect(tiles.tiles).toHaveLength(8);
    expect(tiles.tiles[7]?.shape).toEqual([1, 4, 16, 16]);
    const merged = await mergeLatent.run({ tiles }, {}, context);
    expect(merged.latent).toMatchObject({ space: "test", downscale: 8 });
    const samples = await merged.latent.samples.read();
    expect(largestDifference(samples, latent.samples.data)).toBeLessThan(1e-6);
  });

  test("refuse the tiles of a picture", async () => {
    const { tiles } = await splitLatent.run({ latent }, { size: 16, overlap: 8 }, context);
    const pictures = { ...tiles, content: "image" } as const;
    await expect(mergeLatent.run({ tiles: pictures }, {}, context)).rejects.toMatchObject({
      remedy: "Merge them with tiles/merge.",
    });
  });
});
