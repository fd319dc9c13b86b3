import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { adler32 } from "./adler32.js";

/** What zlib writes at the end of a stream. */
const zlibSum = (bytes: Uint8Array) =>
  deflateSync(bytes).readUInt32BE(deflateSync(bytes).length - 4);

test("is zlib's check sum, also where it is continued", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (a, b) => {
      expect(adler32(adler32(1, a), b)).toBe(zlibSum(Buffer.concat([a, b])));
    }),
  );
});

test("holds for long runs of the largest byte, where sums grow fastest", () => {
  const bytes = new Uint8Array(100_003).fill(255);
  expect(adler32(1, bytes)).toBe(zlibSum(bytes));
});
