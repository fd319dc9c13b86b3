import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { float32Tensor } from "../values/index.js";
import { createDevice } from "./create-device.js";
import type { TensorProgram } from "./device.js";
import { float32Output } from "./float32-output.js";

/** Gives five tensors of the input's size, all but one of which a run frees again. */
const program: TensorProgram = {
  key: "memory growth",
  build(graph) {
    const x = graph.input("x", "float32", ["height", "width"]);
    const turned = graph.transpose(x, [1, 0]);
    const back = graph.transpose(graph.softmax(turned, -1), [1, 0]);
    graph.output("y", graph.add(graph.transpose(graph.transpose(back, [1, 0]), [1, 0]), x));
  },
};

const largest = 1024;
const megabyte = 2 ** 20;

function residentBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage.rss();
}

test("runs of ever other shapes take no more memory than runs of the largest", async () => {
  const device = await createDevice("cpu", { threads: 1 });
  const run = async (height: number, width: number) => {
    const x = float32Tensor([height, width], new Float32Array(height * width).fill(1));
    const y = float32Output(await device.run(program, { x }), "y");
    expect((await y.read())[0]).toBeCloseTo(1 + 1 / height, 5);
  };
  for (let time = 0; time < 4; time += 1) await run(largest, largest);
  const before = residentBytes();
  // Every shape once, 2 MB on average: what each left behind would make 400 MB.
  for (let shape = 0; shape < 200; shape += 1) {
    await run(largest - ((shape * 37) % 509), largest - ((shape * 101) % 499));
  }
  expect(residentBytes() - before).toBeLessThan(96 * megabyte);
  expect(device.statistics().sessionsBuilt).toBe(1);
  await device.dispose();
});
