import { defineNode, float32Tensor, image } from "@diopter/engine";
import { expect, test } from "vitest";
import { runNodes } from "./control-run.test-support.js";
import { pick } from "./pick.js";

const three = defineNode({
  type: "test/three",
  version: 1,
  title: "Three",
  help: "Pictures of width 1, 2 and 3.",
  inputs: {},
  params: {},
  outputs: { image: image({ list: true }) },
  run: async () => ({
    image: [1, 2, 3].map((width) => ({
      pixels: float32Tensor([1, 3, 1, width], new Float32Array(3 * width)),
    })),
  }),
});

const run = (place: number) =>
  runNodes(
    {
      three: { type: "test/three" },
      pick: { type: "control/pick", params: { place }, inputs: { images: ["three", "image"] } },
    },
    [three, pick],
    "/",
    { values: ["pick"] },
  );

test.each([
  [0, 1],
  [2, 3],
  [-1, 3],
])("place %i has width %i", async (place, width) => {
  const report = await run(place);
  expect(report.values.pick?.[0]?.outputs.image).toMatchObject({
    pixels: { shape: [1, 3, 1, width] },
  });
});

test("a place that is not there is named", async () => {
  expect((await run(3)).error).toMatchObject({ code: "node/invalid-value", port: "place" });
});
