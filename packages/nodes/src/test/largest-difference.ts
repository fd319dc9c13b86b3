import type { Tensor } from "@diopter/engine";

/** The largest absolute difference between two tensors; infinite where their shapes differ. */
export async function largestDifference(
  actual: Tensor | undefined,
  expected: Tensor,
): Promise<number> {
  if (actual === undefined || String(actual.shape) !== String(expected.shape)) {
    return Number.POSITIVE_INFINITY;
  }
  const wanted = await expected.read();
  const values = await actual.read();
  let largest = 0;
  for (let index = 0; index < wanted.length; index += 1) {
    const difference = Math.abs(Number(values[index]) - Number(wanted[index]));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
