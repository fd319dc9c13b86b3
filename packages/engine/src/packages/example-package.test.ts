import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { tensorsWithin } from "../cache/index.js";
import { createDevice, type Device } from "../device/index.js";
import { checkWorkflow, type WorkflowDocument } from "../document/index.js";
import { runWorkflow } from "../execute/index.js";
import { createRegistry, defineNode, describeNode, image } from "../nodes/index.js";
import { prepareSoftwareWebgpu } from "../testing/index.js";
import { float32Tensor } from "../values/index.js";
import { loadNodePackages } from "./load-node-packages.js";

const folder = new URL("../../../../docs/node-package/", import.meta.url);
const example = "diopter-nodes-example";

/** The page that teaches how to write nodes shows two files; a package would export both. */
const importer = async (name: string): Promise<unknown> => {
  expect(name).toBe(example);
  const { definitions } = await import(new URL("index.js", folder).href);
  const { brightest } = await import(new URL("brightest.js", folder).href);
  return { definitions: [...definitions, brightest] };
};

/** Every value from 0 to 1 in steps of 1/48, three channels of 4 × 4. */
const ramp = Float32Array.from({ length: 48 }, (_, index) => index / 48);

const source = defineNode({
  type: "test/ramp",
  version: 1,
  title: "Ramp",
  help: "A ramp.",
  inputs: {},
  params: {},
  outputs: { image: image() },
  run: async () => ({ image: { pixels: float32Tensor([1, 3, 4, 4], ramp) } }),
});

const contrast = (from: string, amount: number) => ({
  type: `${example}:tone/soft-contrast`,
  version: 1,
  params: { amount },
  inputs: { image: [from, "image"] as const },
});

const document: WorkflowDocument = {
  diopter: 1,
  name: "Contrast, twice",
  nodes: {
    ramp: { type: "test/ramp", version: 1 },
    some: contrast("ramp", 0.25),
    more: contrast("some", 1),
    green: {
      type: `${example}:tone/brightest`,
      version: 1,
      params: { channel: 1 },
      inputs: { image: ["more", "image"] },
    },
  },
};

const expected = (value: number): number => {
  const smooth = (x: number) => 3 * x ** 2 - 2 * x ** 3;
  return smooth(value + 0.25 * (smooth(value) - value));
};

async function registryWithExample() {
  const { definitions, failures } = await loadNodePackages([example], importer);
  expect(failures).toEqual([]);
  return createRegistry([source, ...definitions]);
}

test("the package of docs/nodes.md loads, and shows its help like ours", async () => {
  const registry = await registryWithExample();
  expect(checkWorkflow(document, registry)).toEqual([]);
  const definition = registry[`${example}:tone/soft-contrast`];
  if (definition === undefined) expect.fail();
  expect(describeNode(definition)).toMatchObject({
    package: example,
    kind: "graph",
    title: "Soft contrast",
    source: "smoothstep, 3x² − 2x³",
    params: { amount: { help: "0 leaves the picture as it is." } },
  });
});

const driver = prepareSoftwareWebgpu();

describe.each([
  ["cpu", true],
  ["webgpu", driver !== undefined],
] as const)("on %s", (name, isThere) => {
  test.skipIf(!isThere)("its nodes give what they say, and neighbours run as one", async () => {
    const registry = await registryWithExample();
    const device: Device = await createDevice(name);
    const path = fileURLToPath(folder);
    const report = await runWorkflow({
      document,
      registry,
      device,
      folders: { base: path, readable: [], output: path },
      values: ["more", "green"],
    });
    expect(report.error).toBeUndefined();
    expect(report.nodes.some?.fused).toEqual(["some", "more"]);
    const picture = report.values.more?.[0]?.outputs.image;
    const [tensor] = tensorsWithin(picture);
    if (tensor === undefined) expect.fail();
    const pixels = [...(await tensor.read())].map(Number);
    for (const [index, value] of ramp.entries()) {
      expect(pixels[index]).toBeCloseTo(expected(value), 5);
    }
    expect(report.values.green?.[0]?.outputs.value).toBeCloseTo(expected(31 / 48), 5);
    await device.dispose();
  });
});
