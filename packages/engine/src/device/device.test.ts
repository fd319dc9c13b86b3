import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prepareSoftwareWebgpu } from "../testing/index.js";
import { float32Tensor, hostTensor } from "../values/index.js";
import { createDevice } from "./create-device.js";
import type { Device, TensorProgram } from "./device.js";

const vulkanDriver = prepareSoftwareWebgpu();

/** y = x·factor + 1 */
const scale: TensorProgram = {
  key: "test/scale",
  build(g) {
    const x = g.input("x", "float32", ["batch", 1, "height", "width"]);
    g.output("y", g.add(g.mul(x, g.input("factor", "float32", [])), 1));
  },
};

function picture(height: number, width: number, first = 0) {
  const data = Float32Array.from({ length: height * width }, (_, index) => first + index);
  return float32Tensor([1, 1, height, width], data);
}

const factor = (value: number) => float32Tensor([], Float32Array.of(value));

const ids = ["cpu", "webgpu"] as const;

for (const id of ids) {
  describe.skipIf(id === "webgpu" && vulkanDriver === undefined)(`the device ${id}`, () => {
    let device: Device;
    beforeAll(async () => {
      device = await createDevice(id);
    });
    afterAll(() => device.dispose());

    test("computes what the program says", async () => {
      const { y } = await device.run(scale, { x: picture(2, 3), factor: factor(2) });
      expect(y?.type).toBe("float32");
      expect(y?.shape).toEqual([1, 1, 2, 3]);
      expect(y?.byteLength).toBe(24);
      expect(await y?.read()).toEqual(Float32Array.of(1, 3, 5, 7, 9, 11));
      y?.dispose();
    });

    test("takes the outputs of one run as the inputs of the next", async () => {
      let x: Awaited<ReturnType<Device["run"]>>[string] = picture(2, 2);
      for (let step = 0; step < 3; step += 1) {
        const { y = x } = await device.run(scale, { x, factor: factor(2) });
        x.dispose();
        x = y;
      }
      expect(await x.read()).toEqual(Float32Array.of(7, 15, 23, 31));
      expect(await x.read()).toEqual(Float32Array.of(7, 15, 23, 31));
      x.dispose();
      x.dispose();
    });

    test("builds a program once, whatever the sizes and numbers", async () => {
      const before = device.statistics();
      const program: TensorProgram = { ...scale, key: `test/once` };
      for (const [size, by] of [
        [1, 1],
        [5, 2],
        [3, 3],
      ] as const) {
        const { y } = await device.run(program, { x: picture(size, size), factor: factor(by) });
        expect((await y?.read())?.at(-1)).toBe((size * size - 1) * by + 1);
        y?.dispose();
      }
      const after = device.statistics();
      expect(after.sessionsBuilt - before.sessionsBuilt).toBe(1);
      expect(after.runs - before.runs).toBe(3);
      expect(after.runMilliseconds).toBeGreaterThan(before.runMilliseconds);
      expect(after.peakBytes).toBeGreaterThan(0);
    });

    test("answers calls made at once, each with its own numbers", async () => {
      const calls = [1, 2, 3, 4].map(async (by) => {
        const { y } = await device.run(scale, { x: picture(1, 2, by), factor: factor(by) });
        const data = await y?.read();
        y?.dispose();
        return data;
      });
      expect(await Promise.all(calls)).toEqual(
        [1, 2, 3, 4].map((by) => Float32Array.of(by * by + 1, (by + 1) * by + 1)),
      );
    });

    test("lets other things happen between runs", async () => {
      let ticks = 0;
      const timer = setInterval(() => {
        ticks += 1;
      }, 0);
      const until = performance.now() + 100;
      while (performance.now() < until) {
        const { y } = await device.run(scale, { x: picture(1, 1), factor: factor(1) });
        y?.dispose();
      }
      clearInterval(timer);
      expect(ticks).toBeGreaterThan(3);
    });

    test("gives tensors of every element type back as they went in", async () => {
      const inputs = {
        float32: float32Tensor([2], Float32Array.of(1.5, -2)),
        float16: hostTensor("float16", [2], Uint16Array.of(0x3e00, 0xc000)),
        int64: hostTensor("int64", [2], BigInt64Array.of(1n, -2n)),
        int32: hostTensor("int32", [2], Int32Array.of(1, -2)),
        uint8: hostTensor("uint8", [2], Uint8Array.of(1, 255)),
        bool: hostTensor("bool", [2], Uint8Array.of(1, 0)),
      };
      const program: TensorProgram = {
        key: "test/types",
        build(g) {
          for (const { type } of Object.values(inputs)) {
            const x = g.input(type, type, ["length"]);
            g.output(`${type} out`, g.unsqueeze(x, 0));
          }
        },
      };
      const outputs = await device.run(program, inputs);
      for (const { type, data } of Object.values(inputs)) {
        const output = outputs[`${type} out`];
        expect(output?.type).toBe(type);
        expect(output?.shape).toEqual([1, 2]);
        expect(await output?.read()).toEqual(data);
        output?.dispose();
      }
    });

    test("reads tensors that lie on another device", async () => {
      const foreign = { ...picture(1, 2), location: "elsewhere" };
      const { y } = await device.run(scale, { x: foreign, factor: factor(4) });
      expect(await y?.read()).toEqual(Float32Array.of(1, 5));
      y?.dispose();
    });

    test("does not start a run that was cancelled, also while it waited", async () => {
      const controller = new AbortController();
      const inputs = { x: picture(1, 1), factor: factor(1) };
      const first = device.run(scale, inputs);
      const second = device.run(scale, inputs, { signal: controller.signal });
      controller.abort();
      await expect(second).rejects.toMatchObject({ code: "run/cancelled" });
      (await first).y?.dispose();
    });

    test.each([
      ["a missing input", { x: picture(1, 1) }, /"factor" of a program is missing/],
      [
        "another type",
        { x: hostTensor("uint8", [1, 1, 1, 1], Uint8Array.of(0)), factor: factor(1) },
        /"x" of a program is uint8; it must be float32 \[batch, 1, height, width\]/,
      ],
      [
        "another number of axes",
        { x: float32Tensor([1], Float32Array.of(0)), factor: factor(1) },
        /"x" of a program has shape \[1\]/,
      ],
      [
        "another fixed size",
        { x: float32Tensor([1, 3, 1, 1], new Float32Array(3)), factor: factor(1) },
        /has shape \[1, 3, 1, 1\]/,
      ],
    ])("refuses %s, and goes on", async (_, inputs, message) => {
      const run = device.run(scale, inputs);
      await expect(run).rejects.toMatchObject({
        code: "device/failed",
        message: expect.stringMatching(message),
      });
      const { y } = await device.run(scale, { x: picture(1, 1), factor: factor(1) });
      expect(await y?.read()).toEqual(Float32Array.of(1));
      y?.dispose();
    });

    test("says which operator failed when sizes do not fit, and goes on", async () => {
      const program: TensorProgram = {
        key: "test/misfit",
        build(g) {
          const a = g.input("a", "float32", ["m"]);
          g.output("sum", g.scope("node").add(a, g.input("b", "float32", ["n"])));
        },
      };
      const a = float32Tensor([2], new Float32Array(2));
      const b = float32Tensor([3], new Float32Array(3));
      await expect(device.run(program, { a, b })).rejects.toMatchObject({
        code: "device/failed",
        message: expect.stringContaining('operator "node/add"'),
      });
      const { sum } = await device.run(program, { a, b: a });
      expect(await sum?.read()).toEqual(new Float32Array(2));
      sum?.dispose();
    });

    test("a program that could not be built leaves no trace", async () => {
      const inputs = { x: picture(1, 1), factor: factor(1) };
      const broken: TensorProgram = {
        key: "test/broken once",
        build(g) {
          const x = g.input("x", "float32", [1]);
          g.output("y", g.add(x, g.input("factor", "float32", [2])));
          g.reshape(x, [7]);
        },
      };
      await expect(device.run(broken, inputs)).rejects.toMatchObject({ code: "node/failed" });
      const { y } = await device.run({ ...scale, key: broken.key }, inputs);
      expect(await y?.read()).toEqual(Float32Array.of(1));
      y?.dispose();
    });

    test("runs again after its sessions were given back", async () => {
      const inputs = { x: picture(1, 1), factor: factor(1) };
      (await device.run(scale, inputs)).y?.dispose();
      const before = device.statistics().sessionsBuilt;
      await device.trim();
      (await device.run(scale, inputs)).y?.dispose();
      expect(device.statistics().sessionsBuilt).toBe(before + 1);
    });

    test("refuses a run that needs more than the memory budget, and runs a smaller one", async () => {
      const small = await createDevice(id, { memoryBudget: 64 << 20 });
      try {
        const large = small.run(scale, { x: picture(4096, 2048), factor: factor(1) });
        await expect(large).rejects.toMatchObject({ code: "device/out-of-memory" });
        const { y } = await small.run(scale, { x: picture(256, 256), factor: factor(1) });
        expect((await y?.read())?.at(-1)).toBe(65536);
        y?.dispose();
      } finally {
        await small.dispose();
      }
    });

    test("cannot be used once it is closed", async () => {
      const closed = await createDevice(id);
      await closed.dispose();
      const run = closed.run(scale, { x: picture(1, 1), factor: factor(1) });
      await expect(run).rejects.toMatchObject({ code: "device/unavailable" });
    });
  });
}
