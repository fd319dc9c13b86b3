/** Variance of the weight map in units of the squared tile length, as StableSR chose it. */
const variance = 0.01;

/**
 * The weight of each element along one axis of a tile:
 * w(x) = exp(−(x − m)² / (L²·2·0.01)) / √(2π·0.01), m = (L − 1)/2. A tile's weight map is the
 * outer product of its two axes'. Symmetric; never 0.
 * Source: region integration of AdaDiffSR, with the weights of StableSR.
 */
export function gaussianWeights(length: number): Float64Array {
  const middle = (length - 1) / 2;
  const scale = 1 / Math.sqrt(2 * Math.PI * variance);
  return Float64Array.from({ length }, (_, x) => {
    const distance = (x - middle) / length;
    return scale * Math.exp(-(distance * distance) / (2 * variance));
  });
}

/**
 * For each tile of one axis, its Gaussian weights divided by the sum of all tiles' weights there.
 * Tiles lie on a grid and the weights are an outer product, so that their sum over the picture is
 * an outer product too: Σ(w·tile)/Σw needs no weight map of the picture's size.
 * @param origins where each tile begins, ascending; every element is covered by some tile.
 */
export function blendWeights(
  origins: readonly number[],
  tileLength: number,
  length: number,
): readonly Float64Array[] {
  const weights = gaussianWeights(tileLength);
  const sums = new Float64Array(length);
  for (const origin of origins) {
    weights.forEach((weight, x) => {
      sums[origin + x] = (sums[origin + x] ?? 0) + weight;
    });
  }
  return origins.map((origin) => weights.map((weight, x) => weight / (sums[origin + x] ?? 1)));
}
