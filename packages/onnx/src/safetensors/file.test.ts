import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type DataType, elementByteLength } from "../core/data-types.js";
import { dtypeOf } from "./dtype.js";
import { parseSafetensorsHeader } from "./header.js";
import { openSafetensors } from "./open.js";
import { writeSafetensors } from "./write.js";

const folder = mkdtempSync(join(tmpdir(), "diopter-safetensors-"));
afterAll(() => rmSync(folder, { recursive: true }));

const types = [
  "bool",
  "uint8",
  "int8",
  "int16",
  "uint16",
  "float16",
  "bfloat16",
  "int32",
  "uint32",
  "float32",
  "float64",
  "int64",
  "uint64",
  "float8e4m3fn",
  "float8e5m2",
] as const satisfies readonly DataType[];

describe("a safetensors file", () => {
  it("gives back what was written, of every type", async () => {
    const tensor = fc.record({
      type: fc.constantFrom(...types),
      shape: fc.array(fc.nat(3), { maxLength: 3 }),
    });
    const tensors = fc.dictionary(
      fc.string().filter((name) => name !== "__metadata__"),
      tensor,
    );
    await fc.assert(
      fc.asyncProperty(
        tensors,
        fc.dictionary(fc.string(), fc.string()),
        async (shapes, metadata) => {
          const written = Object.fromEntries(
            Object.entries(shapes).map(([name, { type, shape }], seed) => {
              const count = shape.reduce(
                (product, size) => product * size,
                elementByteLength(type),
              );
              const bytes = Uint8Array.from(
                { length: count },
                (_, index) => (index * 7 + seed) % 256,
              );
              return [name, { type, shape, bytes }];
            }),
          );
          const bytes = writeSafetensors(written, metadata);
          const header = parseSafetensorsHeader(bytes);
          expect(header.dataOffset % 8).toBe(0);
          expect(header.entries.size).toBe(Object.keys(written).length);
          for (const [name, { type, shape, bytes: expected }] of Object.entries(written)) {
            const entry = header.entries.get(name);
            expect(entry?.dtype).toBe(dtypeOf(type));
            expect(entry?.shape).toEqual(shape);
            const offset = entry?.offset ?? 0;
            expect(offset % elementByteLength(type)).toBe(0);
            expect(bytes.subarray(offset, offset + expected.byteLength)).toEqual(expected);
          }
          expect(Object.fromEntries(header.metadata)).toEqual({ ...metadata });
        },
      ),
      { numRuns: 200, seed: 3 },
    );
  });

  it("is read tensor by tensor, and widened on request", async () => {
    const path = join(folder, "weights.safetensors");
    const halves = new Uint8Array(Uint16Array.of(0x3c00, 0xc100, 0x0001, 0x7c00).buffer);
    const brains = new Uint8Array(Uint16Array.of(0x3f80, 0xc020).buffer);
    const counts = new Uint8Array(BigInt64Array.of(2n ** 62n, -1n).buffer);
    writeFileSync(
      path,
      writeSafetensors({
        half: { type: "float16", shape: [4], bytes: halves },
        brain: { type: "bfloat16", shape: [2], bytes: brains },
        count: { type: "int64", shape: [2], bytes: counts },
      }),
    );
    const file = await openSafetensors(path);
    expect(await file.readFloat32("half")).toEqual(Float32Array.of(1, -2.5, 2 ** -24, Infinity));
    expect(await file.readFloat32("brain")).toEqual(Float32Array.of(1, -2.5));
    expect(await file.read("brain")).toEqual(Uint16Array.of(0x3f80, 0xc020));
    expect(await file.read("count")).toEqual(BigInt64Array.of(2n ** 62n, -1n));
    const entry = file.entries.get("half");
    expect(file.tensor("half")).toEqual({
      name: "half",
      type: "float16",
      shape: [4],
      path,
      offset: entry?.offset,
      byteLength: 8,
    });
    await expect(file.read("none")).rejects.toMatchObject({ code: "unknown-tensor" });
  });

  it("carries 8-bit floats along, but does not widen them", async () => {
    const path = join(folder, "eight.safetensors");
    const header = '{"s":{"dtype":"F8_E8M0","shape":[2],"data_offsets":[0,2]}}';
    const bytes = new Uint8Array(8 + header.length + 2);
    bytes[0] = header.length;
    bytes.set(new TextEncoder().encode(header), 8);
    writeFileSync(path, bytes);
    const file = await openSafetensors(path);
    expect(await file.read("s")).toEqual(Uint8Array.of(0, 0));
    expect(() => file.tensor("s")).toThrow(/ONNX lacks/);
    await expect(file.readFloat32("s")).rejects.toMatchObject({ code: "unsupported-dtype" });
  });

  it("says when it cannot be read", async () => {
    await expect(openSafetensors(join(folder, "none"))).rejects.toMatchObject({
      code: "unreadable",
    });
    await expect(openSafetensors(folder)).rejects.toMatchObject({ code: "unreadable" });
    const empty = join(folder, "empty");
    writeFileSync(empty, "");
    await expect(openSafetensors(empty)).rejects.toMatchObject({ code: "truncated" });
  });

  it("is not written when a tensor's bytes do not fit", () => {
    const tensor = { type: "float32", shape: [2], bytes: new Uint8Array(4) } as const;
    expect(() => writeSafetensors({ a: tensor })).toThrow(/"a" is float32 \[2\] but has 4 bytes/);
  });
});
