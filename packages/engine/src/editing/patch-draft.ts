import type { Patch } from "immer";

/**
 * Applies patches to the draft of a document. Immer's own does not enter what is named
 * `constructor`, as a node may be. Lists are only ever replaced as a whole.
 * @returns false where a path leads nowhere; what comes before it may have been applied.
 */
export function patchDraft(draft: object, patches: readonly Patch[]): boolean {
  return patches.every((patch) => applyOne(draft, patch));
}

function applyOne(draft: object, { op, path, value }: Patch): boolean {
  const last = String(path.at(-1) ?? "");
  const table = path.slice(0, -1).reduce(enter, draft);
  if (table === undefined || path.length === 0 || last === "__proto__") return false;
  if (op !== "add" && !Object.hasOwn(table, last)) return false;
  if (op === "remove") return Reflect.deleteProperty(table, last);
  // What is put in is written to later: it must not be the patch's own.
  return Reflect.set(table, last, structuredClone(value));
}

function enter(table: object | undefined, name: string | number): object | undefined {
  const key = String(name);
  if (table === undefined || !Object.hasOwn(table, key)) return undefined;
  const inner: unknown = Reflect.get(table, key);
  return isTable(inner) ? inner : undefined;
}

function isTable(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
