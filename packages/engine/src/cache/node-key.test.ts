import fc from "fast-check";
import { expect, test } from "vitest";
import { type NodeKeyParts, nodeKey, outputKey } from "./node-key.js";

const parts: NodeKeyParts = {
  type: "image/resize",
  version: 1,
  params: { width: 10, height: 20, filter: "bicubic" },
  inputKeys: { image: "k1.image", others: ["k2.image", "k3.image"] },
  fileHashes: {},
};

test("is 64 hexadecimal digits and does not depend on the order of names", () => {
  const reordered = {
    ...parts,
    params: { filter: "bicubic", height: 20, width: 10 },
    inputKeys: { others: ["k2.image", "k3.image"], image: "k1.image" },
  };
  expect(nodeKey(parts)).toMatch(/^[0-9a-f]{64}$/);
  expect(nodeKey(reordered)).toBe(nodeKey(parts));
});

test.each([
  { type: "image/crop" },
  { version: 2 },
  { params: { ...parts.params, width: 11 } },
  { params: { ...parts.params, filter: "lanczos" } },
  { params: { ...parts.params, width: "10" } },
  { inputKeys: { ...parts.inputKeys, image: "k9.image" } },
  { inputKeys: { ...parts.inputKeys, others: ["k3.image", "k2.image"] } },
  { inputKeys: { ...parts.inputKeys, others: "k2.image" } },
  { fileHashes: { path: "00" } },
])("changes with %j", (change) => {
  expect(nodeKey({ ...parts, ...change })).not.toBe(nodeKey(parts));
});

test("a file's hash stands in for its path", () => {
  const at = (path: string, hash: string) =>
    nodeKey({ ...parts, params: { path }, fileHashes: { path: hash } });
  expect(at("a.jpg", "h1")).toBe(at("moved/b.jpg", "h1"));
  expect(at("a.jpg", "h1")).not.toBe(at("a.jpg", "h2"));
});

test("different parts give different keys, however names and values are cut", () => {
  const record = fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ maxLength: 4 }));
  const canonical = (value: Record<string, string>) => JSON.stringify(Object.entries(value).sort());
  fc.assert(
    fc.property(record, record, (a, b) => {
      const same = canonical(a) === canonical(b);
      expect(nodeKey({ ...parts, params: a }) === nodeKey({ ...parts, params: b })).toBe(same);
    }),
  );
});

test("outputs and items have keys of their own", () => {
  expect(new Set([outputKey("k", "a"), outputKey("k", "b"), outputKey("k", "a", 0)]).size).toBe(3);
});
