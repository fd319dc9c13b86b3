import {
  createDevice,
  type Device,
  defaultParameters,
  float32Tensor,
  type GraphGroupSource,
  type GraphNode,
  gaussianNoise,
  type Parameters,
  type Ports,
  runGraphGroup,
  type SocketType,
  type SocketValue,
  type Tensor,
} from "@diopter/engine";
import { prepareSoftwareWebgpu } from "@diopter/engine/testing";
import { definitions } from "@diopter/nodes";
import { afterAll, describe, expect, it } from "vitest";

const driver = prepareSoftwareWebgpu();
const cpu = await createDevice("cpu");
const webgpu = driver === undefined ? undefined : await createDevice("webgpu");
afterAll(async () => {
  await webgpu?.dispose();
  await cpu.dispose();
});

type AnyGraphNode = GraphNode<Ports, Parameters, Ports>;
const graphNodes = definitions.filter((node): node is AnyGraphNode => node.graph !== undefined);

const [height, width] = [40, 48];

/** Smooth enough noise between 0 and 1, different for each seed. */
function picture(seed: number, channels: number) {
  const region = { x: 0, y: 0, width, height };
  const noise = gaussianNoise({ seed, step: 0, channels, region });
  return float32Tensor(
    [1, channels, height, width],
    noise.map((value) => 1 / (1 + Math.exp(-value))),
  );
}

function inputValue(socket: SocketType, seed: number): SocketValue {
  switch (socket) {
    case "IMAGE":
      return { pixels: picture(seed, 3) };
    case "MAP":
      return { values: picture(seed, 1) };
    case "LATENT":
      return { samples: picture(seed, 16), space: "test", downscale: 8 };
    default:
      return 0.25 + seed;
  }
}

async function run(definition: AnyGraphNode, device: Device): Promise<readonly Float32Array[]> {
  const ports = Object.entries(definition.inputs);
  const values = Object.fromEntries(
    ports.map(([name, port], index) => [name, inputValue(port.socket, index)]),
  );
  const inputs = Object.fromEntries(
    ports.map(([name]): [string, GraphGroupSource] => [name, { from: "outside", name }]),
  );
  const outputs = Object.keys(definition.outputs).map((name) => ({
    node: "it",
    output: name,
    name,
  }));
  const params = defaultParameters(definition.params);
  const nodes = [{ id: "it", definition, params, inputs }];
  const results = await runGraphGroup({ nodes, outputs }, values, device);
  return Promise.all(Object.values(results).map(numbers));
}

async function numbers(value: SocketValue): Promise<Float32Array> {
  if (typeof value === "number") return Float32Array.of(value);
  const tensor = Object.values(value).find(isFloats);
  if (tensor === undefined) throw new TypeError("A graph node gives tensors and numbers.");
  return tensor.read();
}

function isFloats(value: unknown): value is Tensor<"float32"> {
  return typeof value === "object" && value !== null && "type" in value && value.type === "float32";
}

it("there are graph nodes to hold to this", () => {
  expect(graphNodes.length).toBeGreaterThan(1);
});

describe.skipIf(webgpu === undefined)("WebGPU, left out where Vulkan has no driver", () => {
  it.each(graphNodes.map((node) => [node.type, node] as const))(
    "%s gives the numbers of the CPU",
    async (_, definition) => {
      const expected = await run(definition, cpu);
      const found = await run(definition, webgpu ?? cpu);
      expect(found.length).toBe(expected.length);
      for (const [index, values] of expected.entries()) {
        const other = found[index] ?? new Float32Array();
        expect(other.length).toBe(values.length);
        const scale = Math.max(1, ...values.map(Math.abs));
        const difference = values.reduce((most, value, place) => {
          const distance = Math.abs(value - (other[place] ?? Number.NaN));
          return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : Math.max(most, distance);
        }, 0);
        expect(difference / scale).toBeLessThan(1e-3);
      }
    },
  );
});
