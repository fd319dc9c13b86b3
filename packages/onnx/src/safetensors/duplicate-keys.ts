/**
 * The first key that an object inside valid JSON holds twice. JSON.parse keeps the last of two equal
 * keys without a word, so two readers of one file could see different tensors.
 */
export function findDuplicateKey(json: string): string | undefined {
  // One set of keys per open object; undefined for an open array.
  const open: (Set<string> | undefined)[] = [];
  let expectsKey = false;
  let at = 0;
  while (at < json.length) {
    let next = at + 1;
    switch (json[at]) {
      case '"': {
        next = endOfText(json, at);
        const key = expectsKey ? addKey(open.at(-1), json.slice(at, next)) : undefined;
        if (key !== undefined) return key;
        expectsKey = false;
        break;
      }
      case "{":
        open.push(new Set());
        expectsKey = true;
        break;
      case "[":
        open.push(undefined);
        expectsKey = false;
        break;
      case "}":
      case "]":
        open.pop();
        break;
      case ",":
        expectsKey = open.at(-1) !== undefined;
    }
    at = next;
  }
  return undefined;
}

/** Where the text that starts with the quotation mark at `start` ends, its closing mark included. */
function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** Notes a key; gives it back when it was there before. "a" and "\u0061" are the same key. */
function addKey(keys: Set<string> | undefined, token: string): string | undefined {
  const parsed: unknown = JSON.parse(token);
  const key = String(parsed);
  if (keys?.has(key)) return key;
  keys?.add(key);
  return undefined;
}
