import { booleanPort, defineNode, float32Tensor, image, integer } from "@diopter/engine";
import { describe, expect, test } from "vitest";
import { runNodes } from "./control-run.test-support.js";
import { switchImage } from "./switch.js";

function definitions(made: number[]) {
  const make = defineNode({
    type: "test/make",
    version: 1,
    title: "Make",
    help: "A picture of one size.",
    inputs: {},
    params: { size: integer({ default: 1 }) },
    outputs: { image: image() },
    run: async (_inputs, { size }) => {
      made.push(size);
      return {
        image: { pixels: float32Tensor([1, 3, size, size], new Float32Array(3 * size * size)) },
      };
    },
  });
  const no = defineNode({
    type: "test/no",
    version: 1,
    title: "No",
    help: "False.",
    inputs: {},
    params: {},
    outputs: { value: booleanPort() },
    run: async () => ({ value: false }),
  });
  return [make, no, switchImage];
}

const nodes = {
  one: { type: "test/make", params: { size: 1 } },
  two: { type: "test/make", params: { size: 2 } },
  no: { type: "test/no" },
} as const;

const wires = { whenOn: ["one", "image"], whenOff: ["two", "image"] } as const;

describe("a switch computes only what it hands on", () => {
  test.each([
    ["on", { params: { on: true }, inputs: wires }, 1],
    ["off", { params: { on: false }, inputs: wires }, 2],
    ["by a wire", { params: { on: true }, inputs: { ...wires, condition: ["no", "value"] } }, 2],
  ] as const)("%s", async (_name, turned, size) => {
    const made: number[] = [];
    const all = { ...nodes, turn: { type: "control/switch", ...turned } };
    const report = await runNodes(all, definitions(made), "/", {
      targets: ["turn"],
      values: ["turn"],
    });
    expect(report.error).toBeUndefined();
    expect(made).toEqual([size]);
    expect(report.values.turn?.[0]?.outputs.image).toMatchObject({
      pixels: { shape: [1, 3, size, size] },
    });
  });
});

test("an unwired choice is named", async () => {
  const turn = { type: "control/switch", params: { on: false }, inputs: { whenOn: wires.whenOn } };
  const report = await runNodes({ ...nodes, turn }, definitions([]), "/", { targets: ["turn"] });
  expect(report.error).toMatchObject({
    code: "document/missing-input",
    node: "turn",
    port: "whenOff",
  });
});
