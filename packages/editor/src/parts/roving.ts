/**
 * Where the focus of a list goes for a key: arrows and Home and End, or the next entry whose name
 * begins with the letter. Undefined where the key means nothing here.
 */
export function nextIndex(
  key: string,
  current: number,
  names: readonly string[],
): number | undefined {
  const count = names.length;
  if (count === 0) return undefined;
  if (key === "ArrowDown") return (current + 1) % count;
  if (key === "ArrowUp") return (current - 1 + count) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (key.length !== 1 || key === " ") return undefined;
  const letter = key.toLowerCase();
  for (let step = 1; step <= count; step++) {
    const index = (current + step) % count;
    if (names[index]?.toLowerCase().startsWith(letter)) return index;
  }
  return undefined;
}
