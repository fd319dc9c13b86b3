import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDevice } from "../device/create-device.js";
import type { Device } from "../device/index.js";
import type { GraphNode } from "../nodes/index.js";
import {
  defineNode,
  image,
  integer,
  latent,
  map,
  number,
  numberPort,
  type Parameters,
  type Ports,
} from "../nodes/index.js";
import type { SocketValue } from "../sockets/index.js";
import { prepareSoftwareWebgpu } from "../testing/index.js";
import { float32Tensor, type ImageValue } from "../values/index.js";
import { type GraphGroup, type GraphGroupNode, runGraphGroup } from "./graph-group.js";
import { isImage, isLatent } from "./graph-values.js";

const invert = defineNode({
  type: "test/invert",
  version: 1,
  title: "Invert",
  help: "Turns light into dark.",
  inputs: { image: image() },
  params: {},
  outputs: { image: image() },
  graph: (g, inputs) => ({ image: g.sub(1, inputs.image) }),
});

const gain = defineNode({
  type: "test/gain",
  version: 1,
  title: "Gain",
  help: "Multiplies by a number, where a mask says so.",
  inputs: { image: image(), mask: map({ optional: true }), by: numberPort({ optional: true }) },
  params: { amount: number({ default: 1 }), times: integer({ default: 1 }) },
  outputs: { image: image() },
  graph(g, { image: picture, mask, by }, { amount, times }) {
    let result = picture;
    for (let time = 0; time < times; time += 1) result = g.mul(result, by ?? amount);
    if (mask === undefined) return { image: result };
    return { image: g.add(picture, g.mul(mask, g.sub(result, picture))) };
  },
});

const halve = defineNode({
  type: "test/halve",
  version: 1,
  title: "Halve",
  help: "Averages squares of two.",
  inputs: { image: image() },
  params: {},
  outputs: { image: image(), mean: numberPort() },
  graph: (g, inputs) => ({
    image: g.averagePool(inputs.image, { kernel: 2, strides: 2 }),
    mean: g.reduceMean(inputs.image, { keepAxes: false }),
  }),
});

const double = defineNode({
  type: "test/double",
  version: 1,
  title: "Double",
  help: "Repeats every pixel.",
  inputs: { image: image() },
  params: {},
  outputs: { image: image() },
  graph: (g, inputs) => ({
    image: g.resize(inputs.image, { scales: [1, 1, 2, 2], mode: "nearest" }),
  }),
});

const soften = defineNode({
  type: "test/soften",
  version: 1,
  title: "Soften",
  help: "Halves a latent.",
  inputs: { latent: latent() },
  params: {},
  outputs: { latent: latent() },
  graph: (g, inputs) => ({ latent: g.mul(inputs.latent, 0.5) }),
});

const broken = defineNode({
  type: "test/broken",
  version: 1,
  title: "Broken",
  help: "Gives a picture without channels.",
  inputs: { image: image() },
  params: {},
  outputs: { image: image() },
  graph: (g, inputs) => ({ image: g.squeeze(g.reduceMean(inputs.image, { axes: [1] }), 1) }),
});

function member<I extends Ports, P extends Parameters, O extends Ports>(
  id: string,
  definition: GraphNode<I, P, O>,
  inputs: GraphGroupNode["inputs"],
  params: GraphGroupNode["params"] = {},
): GraphGroupNode {
  return { id, definition, inputs, params };
}

const outside = (name: string) => ({ from: "outside", name }) as const;
const inside = (node: string, output = "image") => ({ from: "inside", node, output }) as const;

function picture(height: number, width: number): ImageValue {
  const size = 3 * height * width;
  const data = Float32Array.from({ length: size }, (_, index) => index / size);
  return {
    pixels: float32Tensor([1, 3, height, width], data),
    alpha: float32Tensor([1, 1, height, width], new Float32Array(height * width).fill(0.5)),
    profile: { icc: Uint8Array.of(1, 2, 3) },
    origin: { bitDepth: 16, gray: false, path: "photo.png" },
  };
}

async function pixelsOf(value: SocketValue | undefined): Promise<readonly number[]> {
  if (!isImage(value)) throw new Error("not a picture");
  const data = await value.pixels.read();
  value.pixels.dispose();
  return [...data];
}

const vulkanDriver = prepareSoftwareWebgpu();

for (const id of ["cpu", "webgpu"] as const) {
  describe.skipIf(id === "webgpu" && vulkanDriver === undefined)(`graph groups on ${id}`, () => {
    let device: Device;
    beforeAll(async () => {
      device = await createDevice(id);
    });
    afterAll(() => device.dispose());

    const chain = (amount: number, times: number, ids = ["a", "b"]): GraphGroup => {
      const [first = "", second = ""] = ids;
      return {
        nodes: [
          member(first, invert, { image: outside("photo.image") }),
          member(second, gain, { image: inside(first) }, { amount, times }),
        ],
        outputs: [
          { node: second, output: "image", name: "bright" },
          { node: first, output: "image", name: "dark" },
        ],
      };
    };

    test("runs neighbours as one session and gives every output that is asked for", async () => {
      const before = device.statistics().runs;
      const source = picture(2, 2);
      const { bright, dark } = await runGraphGroup(chain(3, 1), { "photo.image": source }, device);
      expect(device.statistics().runs).toBe(before + 1);
      const input = await source.pixels.read();
      (await pixelsOf(dark)).forEach((value, index) => {
        expect(value).toBeCloseTo(1 - (input[index] ?? 0), 6);
      });
      (await pixelsOf(bright)).forEach((value, index) => {
        expect(value).toBeCloseTo(3 * (1 - (input[index] ?? 0)), 5);
      });
    });

    test("a number, a size or a name builds nothing; a structural parameter does", async () => {
      const built = async (group: GraphGroup, height: number) => {
        const before = device.statistics().sessionsBuilt;
        const { bright } = await runGraphGroup(
          group,
          { "photo.image": picture(height, 3) },
          device,
        );
        const [first] = await pixelsOf(bright);
        return { first, built: device.statistics().sessionsBuilt - before };
      };
      await built(chain(2, 2), 2);
      expect(await built(chain(5, 2), 2)).toEqual({ first: 25, built: 0 });
      expect(await built(chain(2, 2), 7)).toEqual({ first: 4, built: 0 });
      expect(await built(chain(2, 2, ["x y", "z/1"]), 2)).toEqual({ first: 4, built: 0 });
      expect(await built(chain(2, 3), 2)).toEqual({ first: 8, built: 1 });
    });

    test("takes maps and numbers from outside, and leaves out optional inputs", async () => {
      const group: GraphGroup = {
        nodes: [
          member("gain", gain, {
            image: outside("image"),
            mask: outside("mask"),
            by: outside("by"),
          }),
        ],
        outputs: [{ node: "gain", output: "image", name: "result" }],
      };
      const source = picture(1, 2);
      const { result } = await runGraphGroup(
        group,
        {
          image: source,
          mask: { values: float32Tensor([1, 1, 1, 2], Float32Array.of(0, 1)) },
          by: 4,
        },
        device,
      );
      const input = await source.pixels.read();
      (await pixelsOf(result)).forEach((value, index) => {
        expect(value).toBeCloseTo((input[index] ?? 0) * (index % 2 === 0 ? 1 : 4), 6);
      });
    });

    test("gives NUMBER outputs as numbers", async () => {
      const group: GraphGroup = {
        nodes: [member("halve", halve, { image: outside("image") })],
        outputs: [{ node: "halve", output: "mean", name: "mean" }],
      };
      const { mean } = await runGraphGroup(group, { image: picture(2, 2) }, device);
      expect(mean).toBeCloseTo(11 / 24, 6);
    });

    test("carries profile and origin, and the alpha only while the size stays", async () => {
      const source = picture(2, 2);
      const group: GraphGroup = {
        nodes: [
          member("invert", invert, { image: outside("image") }),
          member("halve", halve, { image: inside("invert") }),
          member("double", double, { image: inside("halve") }),
        ],
        outputs: ["invert", "halve", "double"].map((node) => ({
          node,
          output: "image",
          name: node,
        })),
      };
      const values = await runGraphGroup(group, { image: source }, device);
      const alphas = Object.values(values).map((value) => isImage(value) && value.alpha);
      expect(alphas).toEqual([source.alpha, undefined, undefined]);
      for (const value of Object.values(values)) {
        expect(value).toMatchObject({ profile: source.profile, origin: source.origin });
      }
      expect(values.double).toMatchObject({ pixels: { shape: [1, 3, 2, 2] } });
    });

    test("carries a latent's space, scale and picture size", async () => {
      const samples = float32Tensor([1, 4, 1, 1], Float32Array.of(2, 4, 6, 8));
      const beside = { space: "test", downscale: 8, pictureSize: { width: 5, height: 7 } };
      const group: GraphGroup = {
        nodes: [member("soften", soften, { latent: outside("latent") })],
        outputs: [{ node: "soften", output: "latent", name: "latent" }],
      };
      const { latent: result } = await runGraphGroup(
        group,
        { latent: { samples, ...beside } },
        device,
      );
      expect(result).toMatchObject(beside);
      const data = isLatent(result) ? await result.samples.read() : [];
      expect([...data]).toEqual([1, 2, 3, 4]);
    });

    test("says which node's graph is wrong", async () => {
      const group: GraphGroup = {
        nodes: [
          member("first", invert, { image: outside("image") }),
          member("second", broken, { image: inside("first") }),
        ],
        outputs: [{ node: "second", output: "image", name: "image" }],
      };
      await expect(runGraphGroup(group, { image: picture(2, 2) }, device)).rejects.toMatchObject({
        code: "node/failed",
        node: "second",
        port: "image",
        message: expect.stringContaining("IMAGE has 4 axes"),
      });
    });

    test("says which node met sizes that do not fit together", async () => {
      const group: GraphGroup = {
        nodes: [
          member("first", invert, { image: outside("image") }),
          member("second", gain, { image: inside("first"), mask: outside("mask") }),
        ],
        outputs: [{ node: "second", output: "image", name: "image" }],
      };
      const mask = { values: float32Tensor([1, 1, 3, 3], new Float32Array(9)) };
      const run = runGraphGroup(group, { image: picture(2, 2), mask }, device);
      await expect(run).rejects.toMatchObject({ code: "device/failed", node: "second" });
    });

    test("is not started once cancelled", async () => {
      const run = runGraphGroup(
        chain(1, 1),
        { "photo.image": picture(1, 1) },
        device,
        AbortSignal.abort(),
      );
      await expect(run).rejects.toMatchObject({ code: "run/cancelled" });
    });
  });
}
