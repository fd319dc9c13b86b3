/** How well a text answers what was typed: the smaller `cost`, the better. */
export interface Match {
  readonly cost: number;
  /** Places in the text that answer: pairs of start and end, in order. */
  readonly ranges: readonly number[];
}

interface Word {
  readonly text: string;
  readonly at: number;
}

/**
 * Holds a text against what was typed. Every typed word must be answered by a word of the text, in
 * any order: by the word itself, its beginning, letters within it, letters of it in order ("ld" for
 * load), or with slips of the keys ("rezise" for resize). Or the text answers by its initials ("lv"
 * for Load VAE).
 */
export function match(text: string, typed: string): Match | undefined {
  const wanted = wordsOf(typed);
  if (wanted.length === 0) return undefined;
  const words = wordsOf(text);
  const [only] = wanted;
  const initials =
    wanted.length === 1 && only !== undefined ? byInitials(words, only.text) : undefined;
  const found = wanted.map((one) => best(words.map((word) => wordMatch(word, one.text))));
  const answers = found.flatMap((one) => (one === undefined ? [] : [one]));
  const all = answers.length < wanted.length ? undefined : joined(answers);
  return best([all, initials]);
}

function wordsOf(text: string): readonly Word[] {
  return [...text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    text: word,
    at: index,
  }));
}

function best(matches: readonly (Match | undefined)[]): Match | undefined {
  let least: Match | undefined;
  for (const one of matches) if (one !== undefined && one.cost < (least?.cost ?? 1e9)) least = one;
  return least;
}

function joined(matches: readonly Match[]): Match {
  const pairs = matches
    .flatMap(({ ranges }) => pairsOf(ranges))
    .sort(([a], [b]) => a - b)
    .filter(([start], index, all) => index === 0 || start >= (all[index - 1]?.[1] ?? 0));
  return { cost: matches.reduce((sum, { cost }) => sum + cost, 0), ranges: pairs.flat() };
}

function pairsOf(ranges: readonly number[]): readonly (readonly [number, number])[] {
  return ranges.flatMap((start, index) =>
    index % 2 === 0 ? [[start, ranges[index + 1] ?? start] as const] : [],
  );
}

/** The first letters of neighbouring words. */
function byInitials(words: readonly Word[], wanted: string): Match | undefined {
  if (wanted.length < 2) return undefined;
  const at = words
    .map(({ text }) => text.charAt(0))
    .join("")
    .indexOf(wanted);
  if (at === -1) return undefined;
  const ranges = words.slice(at, at + wanted.length).flatMap(({ at: start }) => [start, start + 1]);
  return { cost: 1.5 + at, ranges };
}

function wordMatch({ text, at }: Word, wanted: string): Match | undefined {
  const range = (start: number, end: number) => [at + start, at + end];
  if (text === wanted) return { cost: 0, ranges: range(0, text.length) };
  if (text.startsWith(wanted)) return { cost: 1, ranges: range(0, wanted.length) };
  const inside = wanted.length < 2 ? -1 : text.indexOf(wanted);
  if (inside !== -1) return { cost: 3, ranges: range(inside, inside + wanted.length) };
  const slips = slipsAllowed(wanted.length);
  const slipped = slips === 0 ? undefined : slippedPrefix(text, wanted, slips);
  if (slipped !== undefined) return { cost: 4 + slipped.slips, ranges: range(0, slipped.length) };
  return inOrder(text, at, wanted);
}

const slipsAllowed = (length: number): number => (length < 4 ? 0 : length < 6 ? 1 : 2);

/** The letters in order, from the first one on: short forms leave vowels out. */
function inOrder(text: string, at: number, wanted: string): Match | undefined {
  if (wanted.length < 2 || text[0] !== wanted[0]) return undefined;
  const ranges: number[] = [];
  let from = 0;
  for (const letter of wanted) {
    const place = text.indexOf(letter, from);
    if (place === -1) return undefined;
    if (ranges.at(-1) === at + place) ranges[ranges.length - 1] = at + place + 1;
    else ranges.push(at + place, at + place + 1);
    from = place + 1;
  }
  return { cost: 6 + (text.length - wanted.length) / 4, ranges };
}

/** The beginning of a word that differs least from what was typed, where that is little enough. */
function slippedPrefix(text: string, wanted: string, most: number) {
  let least: { readonly slips: number; readonly length: number } | undefined;
  const [shortest, longest] = [wanted.length - most, wanted.length + most];
  for (let length = Math.max(1, shortest); length <= Math.min(text.length, longest); length++) {
    const slips = distance(text.slice(0, length), wanted);
    if (slips <= most && slips < (least?.slips ?? most + 1)) least = { slips, length };
  }
  return least;
}

/** Letters to add, leave out, change, or swap with their neighbour, to make one text of another. */
function distance(a: string, b: string): number {
  let [before, row]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        (row?.[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row?.[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap ? (before?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, row] = [row, next];
  }
  return row?.[b.length] ?? 0;
}
