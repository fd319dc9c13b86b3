/** Something that `JSON.parse` lets pass and that a document must not have. */
export interface JsonFault {
  readonly kind: "too-deep" | "duplicate-key" | "forbidden-key";
  readonly key: string;
  /** Where it stands: object keys and array indices from the root. */
  readonly path: readonly (string | number)[];
}

interface Level {
  /** The keys so far; undefined in an array. */
  readonly keys: Set<string> | undefined;
  current: string | number;
}

/**
 * Looks through the text of valid JSON, without recursion, for nesting deeper than `maxDepth`, for
 * keys that stand twice in one object (of which the first would be lost silently), and for the key
 * `__proto__` (which assignments would mistake for the prototype). Gives the first.
 */
export function scanJson(text: string, maxDepth: number): JsonFault | undefined {
  const levels: Level[] = [];
  for (let position = 0; position < text.length; position++) {
    const character = text[position] ?? "";
    if (character === '"') {
      const end = endOfString(text, position);
      const fault = enterKey(levels, keyAt(text, position, end, levels.at(-1)));
      if (fault !== undefined) return fault;
      position = end;
    } else if (character === "{" || character === "[") {
      if (levels.length >= maxDepth) return { kind: "too-deep", key: "", path: pathOf(levels) };
      levels.push(openLevel(character));
    } else leaveElement(levels, character);
  }
  return undefined;
}

function leaveElement(levels: Level[], character: string): void {
  if (character === "}" || character === "]") levels.pop();
  const level = levels.at(-1);
  if (character === "," && typeof level?.current === "number") level.current += 1;
}

function openLevel(bracket: "{" | "["): Level {
  return bracket === "{" ? { keys: new Set(), current: "" } : { keys: undefined, current: 0 };
}

/** The position of the quote that ends the string that starts at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, position: number): boolean {
  let first = position;
  while (text[first - 1] === "\\") first -= 1;
  return (position - first) % 2 === 1;
}

function keyAt(text: string, start: number, end: number, level: Level | undefined) {
  if (level?.keys === undefined) return undefined;
  let next = end + 1;
  while (/\s/.test(text[next] ?? "")) next += 1;
  if (text[next] !== ":") return undefined;
  return String(JSON.parse(text.slice(start, end + 1)));
}

function enterKey(levels: readonly Level[], key: string | undefined): JsonFault | undefined {
  const level = levels.at(-1);
  if (key === undefined || level?.keys === undefined) return undefined;
  const known = level.keys.has(key);
  level.keys.add(key);
  level.current = key;
  if (known) return { kind: "duplicate-key", key, path: pathOf(levels) };
  return key === "__proto__" ? { kind: "forbidden-key", key, path: pathOf(levels) } : undefined;
}

function pathOf(levels: readonly Level[]): (string | number)[] {
  return levels.map((level) => level.current);
}
