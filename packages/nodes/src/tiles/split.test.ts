import { float32Tensor } from "@diopter/engine";
import { describe, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { splitTiles } from "./split.js";

describe("tiles/split", () => {
  test("cuts a batch of pictures into tiles of one shape, a worked example", async () => {
    const pixels = float32Tensor(
      [2, 3, 2, 3],
      Float32Array.from({ length: 36 }, (_, index) => index),
    );
    const { tiles } = await splitTiles.run(
      { image: { pixels } },
      { size: 2, overlap: 0 },
      testContext(),
    );
    expect(tiles.content).toBe("image");
    expect(tiles.layout.origins).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 0 },
    ]);
    expect(tiles.tiles.map(({ shape }) => shape)).toEqual([
      [2, 3, 2, 2],
      [2, 3, 2, 2],
    ]);
    const second = await tiles.tiles[1]?.read();
    expect([...(second ?? [])].slice(0, 8)).toEqual([1, 2, 4, 5, 7, 8, 10, 11]);
  });

  test("refuses an overlap as large as the tile", async () => {
    const image = testImage(new Float32Array(300), 10, 10);
    const params = { size: 4, overlap: 4 };
    await expect(splitTiles.run({ image }, params, testContext())).rejects.toMatchObject({
      code: "node/invalid-value",
      port: "overlap",
    });
  });
});
