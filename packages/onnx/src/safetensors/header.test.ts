import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SafetensorsError } from "./errors.js";
import { parseSafetensorsHeader } from "./header.js";
import { writeSafetensors } from "./write.js";

/** A file with this text as its header and so many bytes of data. */
function file(header: string, dataLength = 0, claimed?: bigint): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.byteLength + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(text.byteLength), true);
  bytes.set(text, 8);
  return bytes;
}

function codeOf(bytes: Uint8Array): string {
  try {
    parseSafetensorsHeader(bytes);
    return "accepted";
  } catch (error) {
    if (SafetensorsError.isInstance(error)) return error.code;
    throw error;
  }
}

const entry = (start: unknown, end: unknown, shape: unknown = [1], dtype: unknown = "F32") =>
  JSON.stringify({ dtype, shape, data_offsets: [start, end] });

describe("parseSafetensorsHeader", () => {
  it("gives places from the start of the file, and the metadata", () => {
    const bytes = file(
      `{"__metadata__":{"format":"pt"},"b":${entry(4, 8)},"a":${entry(0, 4)}}  `,
      8,
    );
    const { entries, metadata, dataOffset } = parseSafetensorsHeader(bytes);
    expect(entries.get("a")).toEqual({
      dtype: "F32",
      shape: [1],
      offset: dataOffset,
      byteLength: 4,
    });
    expect(entries.get("b")?.offset).toBe(dataOffset + 4);
    expect([...metadata]).toEqual([["format", "pt"]]);
    expect(dataOffset).toBe(bytes.byteLength - 8);
  });

  it("accepts a file without tensors, and tensors without elements", () => {
    expect(codeOf(file("{}"))).toBe("accepted");
    expect(codeOf(file(`{"a":${entry(0, 0, [0, 3])},"b":${entry(0, 4)}}`, 4))).toBe("accepted");
  });

  it("accepts a tensor named like a property of every object", () => {
    const { entries } = parseSafetensorsHeader(file(`{"__proto__":${entry(0, 4)}}`, 4));
    expect([...entries.keys()]).toEqual(["__proto__"]);
  });

  it.each([
    ["truncated", new Uint8Array(7)],
    ["truncated", file("{}", 0, 3n)],
    ["header-too-large", file("{}", 0, 100_000_001n)],
    ["header-too-large", file("{}", 0, 2n ** 64n - 1n)],
    ["invalid-json", file("{")],
    ["invalid-json", file("")],
    ["invalid-json", file("\u0000{}")],
    ["not-an-object", file("[]")],
    ["not-an-object", file("null")],
    ["not-an-object", file(" {}")],
    ["duplicate-key", file(`{"a":${entry(0, 4)},"a":${entry(0, 4)}}`, 4)],
    ["duplicate-key", file(`{"a":${entry(0, 4)},"\\u0061":${entry(4, 8)}}`, 8)],
    [
      "duplicate-key",
      file('{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4),
    ],
    ["duplicate-key", file('{"__metadata__":{"x":"1","x":"2"}}')],
    ["invalid-metadata", file('{"__metadata__":{"x":1}}')],
    ["invalid-metadata", file('{"__metadata__":[]}')],
    ["invalid-entry", file('{"a":3}')],
    ["invalid-entry", file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}', 4)],
    ["unknown-dtype", file(`{"a":${entry(0, 4, [1], "F31")}}`, 4)],
    ["unknown-dtype", file(`{"a":${entry(0, 4, [1], "toString")}}`, 4)],
    ["unknown-dtype", file(`{"a":${entry(0, 4, [1], 3)}}`, 4)],
    ["invalid-shape", file(`{"a":${entry(0, 4, [-1])}}`, 4)],
    ["invalid-shape", file(`{"a":${entry(0, 4, [0.5])}}`, 4)],
    ["invalid-shape", file(`{"a":${entry(0, 4, [2 ** 53])}}`, 4)],
    ["invalid-shape", file(`{"a":${entry(0, 4, ["1"])}}`, 4)],
    ["invalid-shape", file(`{"a":${entry(0, 4, null)}}`, 4)],
    ["invalid-offsets", file(`{"a":${entry(-4, 0)}}`, 4)],
    ["invalid-offsets", file(`{"a":${entry(0.5, 4.5)}}`, 4)],
    ["invalid-offsets", file(`{"a":${entry(4, 0)}}`, 4)],
    ["invalid-offsets", file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}', 4)],
    ["invalid-offsets", file('{"a":{"dtype":"F32","shape":[1]}}', 4)],
    ["size-mismatch", file(`{"a":${entry(0, 8)}}`, 8)],
    ["size-mismatch", file(`{"a":${entry(0, 4, [2 ** 40, 2 ** 40, 2 ** 40])}}`, 4)],
    ["overlap", file(`{"a":${entry(0, 4)},"b":${entry(0, 4)}}`, 4)],
    ["overlap", file(`{"a":${entry(0, 8, [2])},"b":${entry(4, 8)}}`, 8)],
    ["hole", file(`{"a":${entry(0, 4)},"b":${entry(8, 12)}}`, 12)],
    ["hole", file(`{"a":${entry(4, 8)}}`, 8)],
    ["out-of-range", file(`{"a":${entry(0, 4)}}`, 3)],
    ["trailing-bytes", file(`{"a":${entry(0, 4)}}`, 5)],
  ])("refuses with %s", (code, bytes) => {
    expect(codeOf(bytes)).toBe(code);
  });

  it("refuses a deeply nested header without running out of stack", () => {
    expect(codeOf(file(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`))).toBe("invalid-entry");
  });

  it("gives a header or a SafetensorsError for whatever is done to a good file", () => {
    const good = writeSafetensors(
      {
        weight: { type: "float32", shape: [2, 3], bytes: new Uint8Array(24) },
        bias: { type: "bfloat16", shape: [3], bytes: new Uint8Array(6) },
        flags: { type: "bool", shape: [], bytes: new Uint8Array(1) },
      },
      { format: "pt" },
    );
    const change = fc.record({
      at: fc.nat(good.byteLength - 1),
      remove: fc.nat(4),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 3 }),
        fc
          .constantFrom(
            "0",
            "9",
            "-",
            '"',
            ",",
            "{",
            "}",
            "[",
            "]",
            "1e99",
            "null",
            '"a":1,',
            "\\u0062",
          )
          .map((text) => new TextEncoder().encode(text)),
      ),
      keepLength: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let bytes = good;
        for (const { at, remove, insert, keepLength } of changes) {
          bytes = Uint8Array.from([
            ...bytes.subarray(0, at),
            ...insert,
            ...bytes.subarray(keepLength ? at + insert.length : at + remove),
          ]);
          if (keepLength || bytes.byteLength < 8) continue;
          const view = new DataView(bytes.buffer);
          const shift = BigInt(insert.length - Math.min(remove, 4));
          view.setBigInt64(0, view.getBigInt64(0, true) + shift, true);
        }
        const code = codeOf(bytes);
        expect(typeof code).toBe("string");
      }),
      { numRuns: 10_000, seed: 20 },
    );
  });
});
