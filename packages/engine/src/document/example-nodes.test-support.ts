import {
  boolean,
  choice,
  createRegistry,
  defineNode,
  file,
  image,
  integer,
  integerPort,
  number,
  numberPort,
  seed,
  text,
} from "../nodes/index.js";
import { float32Tensor } from "../values/index.js";
import { parseWorkflow } from "./parse-workflow.js";
import type { WorkflowDocument } from "./types.js";

const pixel = { pixels: float32Tensor([1, 3, 1, 1], new Float32Array(3)) };

const load = defineNode({
  type: "image/load",
  version: 1,
  title: "Load",
  help: "Reads a picture.",
  inputs: {},
  params: { path: file({ default: "", content: "image" }) },
  outputs: { image: image() },
  run: async () => ({ image: pixel }),
});

/** Version 3: `amount` was `strength` in version 1 and a percentage in version 2. */
const blur = defineNode({
  type: "image/blur",
  version: 3,
  title: "Blur",
  help: "Blurs a picture.",
  source: "Nobody, eq. 1",
  inputs: { image: image(), radius: numberPort({ optional: true }) },
  params: {
    amount: number({ default: 0.5, min: 0, max: 1, help: "How much" }),
    window: integer({ default: 3, min: 3, max: 31, odd: true }),
    edge: choice({ default: "mirror", options: ["mirror", "zero", "repeat"] }),
    exact: boolean({ default: false }),
    seed: seed({ default: 0 }),
    note: text({ default: "", maxLength: 10 }),
  },
  outputs: { image: image(), radius: integerPort() },
  migrations: {
    1: {
      params: (old) => ({ ...old, amount: Number(old.amount) * 100 }),
      renamedParams: { strength: "amount" },
      renamedInputs: { picture: "image" },
      renamedOutputs: { picture: "image" },
    },
    2: { params: ({ amount, ...old }) => ({ ...old, amount: Number(amount) / 100 }) },
  },
  run: async () => ({ image: pixel, radius: 1 }),
});

const stack = defineNode({
  type: "image/stack",
  version: 1,
  title: "Stack",
  help: "Lays pictures over each other.",
  inputs: { images: image({ list: true }) },
  params: { over: text({ default: "" }) },
  outputs: { image: image() },
  run: async () => ({ image: pixel }),
});

/** Node types that the tests of this folder wire up. */
export const registry = createRegistry([load, blur, stack]);

/** A document with these nodes, read from its text. */
export function documentOf(
  nodes: Readonly<Record<string, unknown>>,
  rest: Readonly<Record<string, unknown>> = {},
): WorkflowDocument {
  return parseWorkflow(JSON.stringify({ diopter: 1, name: "Test", nodes, ...rest }), registry);
}

/** Nodes with as little said of them as can be. */
export const loadNode = { type: "image/load", version: 1 };

export function blurNode(
  source: string,
  params: Readonly<Record<string, unknown>> = {},
  output = "image",
) {
  return { type: "image/blur", version: 3, params, inputs: { image: [source, output] } };
}
