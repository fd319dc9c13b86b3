import { fileURLToPath } from "node:url";
import { createDevice, type Device, float32Tensor, type TensorProgram } from "@diopter/engine";
import { prepareSoftwareWebgpu } from "@diopter/engine/testing";
import { openSafetensors } from "@diopter/onnx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { varianceMap } from "./variance-map.js";

const vulkanDriver = prepareSoftwareWebgpu();
const golden = fileURLToPath(
  new URL("../../test/golden/variance-map.safetensors", import.meta.url),
);

const program = (window: number): TensorProgram => ({
  key: `variance-map ${window}`,
  build: (g) => {
    const image = g.input("image", "float32", ["batch", 3, "height", "width"]);
    g.output("map", varianceMap.graph(g, { image }, { window }).map);
  },
});

const cases = [
  [33, 40, 52],
  [5, 12, 9],
  [15, 6, 5],
] as const;

for (const id of ["cpu", "webgpu"] as const) {
  describe.skipIf(id === "webgpu" && vulkanDriver === undefined)(`on ${id}`, () => {
    let device: Device;
    beforeAll(async () => {
      device = await createDevice(id);
    });
    afterAll(() => device.dispose());

    test.each(cases)("window %d over %d×%d is NumPy's, to 2e-4", async (window, height, width) => {
      const file = await openSafetensors(golden);
      const name = `${window} ${height}x${width}`;
      const pixels = await file.readFloat32(`picture ${name}`);
      const expected = await file.readFloat32(`map ${name}`);
      const image = float32Tensor([1, 3, height, width], pixels);
      const { map } = await device.run(program(window), { image });
      expect(map?.shape).toEqual([1, 1, height, width]);
      const values = Array.from((await map?.read()) ?? [], Number);
      const differences = values.map((value, index) => Math.abs(value - (expected[index] ?? 2)));
      expect(Math.max(...differences)).toBeLessThan(2e-4);
    });

    test("is 0 where nothing varies, also for a single pixel", async () => {
      for (const size of [1, 20]) {
        const gray = float32Tensor([1, 3, size, size], new Float32Array(3 * size * size).fill(0.3));
        const { map } = await device.run(program(9), { image: gray });
        const values = Array.from((await map?.read()) ?? [], Number);
        expect(values).toEqual(new Array(size * size).fill(0));
      }
    });

    test("tells a flat half from a noisy one", async () => {
      const [height, width] = [48, 96];
      const data = Float32Array.from({ length: 3 * height * width }, (_, index) => {
        const wave = Math.sin(index * 12.9898) * 43758.5453;
        return index % width < width / 2 ? 0.5 : wave - Math.floor(wave);
      });
      const image = float32Tensor([1, 3, height, width], data);
      const { map } = await device.run(program(9), { image });
      const values = Array.from((await map?.read()) ?? [], Number);
      const middle = (height / 2) * width;
      expect(values[middle + 10]).toBeLessThan(0.01);
      expect(values[middle + width - 20]).toBeGreaterThan(0.5);
    });
  });
}
