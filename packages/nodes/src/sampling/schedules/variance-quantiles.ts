/** The least, quarter, middle, three-quarter and largest value, ascending, each once. */
export function varianceQuantiles(variance: Float32Array): readonly number[] {
  const ascending = variance.toSorted();
  const last = ascending.length - 1;
  const places = [0, 0.25, 0.5, 0.75, 1].map((part) => ascending[Math.round(part * last)] ?? 0);
  return [...new Set(places)];
}
