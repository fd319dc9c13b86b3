import { createDevice, type TensorProgram } from "@diopter/engine";
import { expect, test } from "vitest";
import { testImage } from "../test/test-image.js";
import { invert } from "./invert.js";

test("gives one minus each value", async () => {
  const program: TensorProgram = {
    key: "invert",
    build: (g) => {
      const image = g.input("image", "float32", ["n", 3, "h", "w"]);
      g.output("inverted", invert.graph(g, { image }, {}).image);
    },
  };
  const { pixels } = testImage(Float32Array.of(0, 0.25, 0.5, 0.75, 1, 0.125), 2, 1);
  const device = await createDevice("cpu");
  const { inverted } = await device.run(program, { image: pixels });
  expect([...((await inverted?.read()) ?? [])]).toEqual([1, 0.75, 0.5, 0.25, 0, 0.875]);
  await device.dispose();
});
