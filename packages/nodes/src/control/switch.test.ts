import {
  booleanPort,
  checkWorkflow,
  createRegistry,
  defineNode,
  float32Tensor,
  image,
  integer,
  latent,
  map,
  numberPort,
  type Port,
  type SocketValue,
  textPort,
} from "@diopter/engine";
import { describe, expect, test } from "vitest";
import { runNodes } from "./control-run.test-support.js";
import { switchImage } from "./switch.js";
import { switchLatent } from "./switch-latent.js";
import { switchMap } from "./switch-map.js";
import { switchNumber } from "./switch-number.js";
import { switchText } from "./switch-text.js";

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

/** Makes the first or the second value of a type, and says so. */
function maker(port: Port, values: readonly SocketValue[], made: number[]) {
  return defineNode({
    type: "test/make-one",
    version: 1,
    title: "Make",
    help: "One of two values.",
    inputs: {},
    params: { place: integer({ default: 0 }) },
    outputs: { value: port },
    run: async (_inputs, { place }) => {
      made.push(place);
      const value = values[place];
      if (value === undefined) throw new RangeError(`no value ${place}`);
      return { value };
    },
  });
}

const tensor = (value: number) => float32Tensor([1, 1, 1, 1], Float32Array.of(value));
const latentOf = (value: number) => ({ samples: tensor(value), space: "test", downscale: 8 });

test.each([
  [switchLatent, "latent", latent(), [latentOf(1), latentOf(2)]],
  [switchMap, "map", map(), [{ values: tensor(1) }, { values: tensor(2) }]],
  [switchNumber, "number", numberPort(), [0.25, 0]],
  [switchText, "text", textPort(), ["one", ""]],
] as const)("$type does so with what it is for", async (definition, output, port, values) => {
  for (const [place, on] of [true, false].entries()) {
    const made: number[] = [];
    const one = { type: "test/make-one", params: { place: 0 } };
    const two = { type: "test/make-one", params: { place: 1 } };
    const inputs = { whenOn: ["one", "value"], whenOff: ["two", "value"] } as const;
    const turn = { type: definition.type, params: { on }, inputs };
    const report = await runNodes(
      { one, two, turn },
      [maker(port, values, made), definition],
      "/",
      {
        targets: ["turn"],
        values: ["turn"],
      },
    );
    expect(report.error).toBeUndefined();
    expect(made).toEqual([place]);
    expect(report.values.turn?.[0]?.outputs[output]).toEqual(values[place]);
  }
});

test("a switch refuses what it is not for", () => {
  const one = { type: "test/make", version: 1 };
  const turn = {
    type: switchLatent.type,
    version: 1,
    inputs: { whenOn: ["one", "image"] },
  } as const;
  const document = { diopter: 1, name: "Test", nodes: { one, turn } } as const;
  const found = checkWorkflow(document, createRegistry([...definitions([]), switchLatent]));
  expect(found).toMatchObject([{ code: "document/type-mismatch", node: "turn", port: "whenOn" }]);
});
