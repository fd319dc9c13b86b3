import { expect, test } from "vitest";
import { philox4x32 } from "./philox.js";

// From tests/kat_vectors of the Random123 library: counter, key → words.
const published: readonly (readonly [readonly number[], readonly number[], readonly number[]])[] = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

test.each(published)("gives Random123's words for counter %j and key %j", (counter, key, words) => {
  const result = new Uint32Array(4);
  const [a = 0, b = 0, c = 0, d = 0] = counter;
  const [low = 0, high = 0] = key;
  philox4x32(result, a, b, c, d, low, high);
  expect([...result]).toEqual(words);
});
