import { philox4x32 } from "@diopter/engine";

/** Draws of one seed, one after the other. */
export interface Draws {
  /** From `low` (0 by default) up to, not including, `high` (1 by default). */
  uniform(low?: number, high?: number): number;
  /** A whole number from `low` up to, not including, `end`. */
  integer(low: number, end: number): number;
  /** An index, with these probabilities, which sum to 1. */
  index(probabilities: readonly number[]): number;
}

/** Keeps these counters apart from those of the noise, whose last word is a small number. */
const purpose = 0x44524157;

/**
 * Draw n of (seed, item) takes the first two words a, b of the Philox4x32-10 block with counter
 * (n, 0, item, 0x44524157) and key (seed mod 2^32, ⌊seed / 2^32⌋):
 * u = (⌊a / 32⌋ · 2^26 + ⌊b / 64⌋) / 2^53. Every method makes exactly one draw.
 */
export function createDraws(seed: number, item = 0): Draws {
  const keyLow = seed % 0x100000000;
  const keyHigh = Math.floor(seed / 0x100000000);
  const words = new Uint32Array(4);
  let count = 0;
  const next = (): number => {
    philox4x32(words, count, 0, item, purpose, keyLow, keyHigh);
    count += 1;
    return (((words[0] ?? 0) >>> 5) * 0x4000000 + ((words[1] ?? 0) >>> 6)) / 2 ** 53;
  };
  return {
    uniform: (low = 0, high = 1) => low + (high - low) * next(),
    integer: (low, end) => low + Math.floor(next() * (end - low)),
    index: (probabilities) => {
      const value = next();
      let sum = 0;
      const found = probabilities.findIndex((probability) => {
        sum += probability;
        return value < sum;
      });
      return found === -1 ? probabilities.length - 1 : found;
    },
  };
}
