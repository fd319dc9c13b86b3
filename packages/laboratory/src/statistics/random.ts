import { philox4x32 } from "@diopter/engine";

/** Whole numbers from 0 to below `count`, the same for the same seed (Philox4x32-10). */
export function randomIndices(seed: number): (count: number) => number {
  const words = new Uint32Array(4);
  let drawn = 0;
  return (count) => {
    if (drawn % 4 === 0) philox4x32(words, drawn / 4, 0, 0, 0, seed, 0);
    const word = words[drawn % 4] ?? 0;
    drawn += 1;
    return Math.floor((word / 2 ** 32) * count);
  };
}
