import { type Patch, produce } from "immer";
import { patchDraft } from "./patch-draft.js";

type Path = Patch["path"];

/** What a path leads to; undefined where it leads nowhere. */
export function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>(enter, document);
}

/**
 * What stands at a path after patches, one after the other, that have set it or a table around it;
 * undefined where the last of them has removed it, or none has set it.
 */
export function valueAfter(patches: readonly Patch[], path: Path): unknown {
  return patches.reduce<unknown>((value, patch) => {
    if (leadsTo(patch.path, path)) {
      return patch.op === "remove"
        ? undefined
        : valueAt(patch.value, path.slice(patch.path.length));
    }
    if (typeof value !== "object" || value === null || !leadsTo(path, patch.path)) return value;
    return produce(value, (draft) => {
      patchDraft(draft, [{ ...patch, path: patch.path.slice(path.length) }]);
    });
  }, undefined);
}

/** Whether the one path is the other, or leads to a table around it. */
export function leadsTo(outer: Path, inner: Path): boolean {
  return outer.length <= inner.length && outer.every((name, index) => name === inner[index]);
}

function enter(table: unknown, name: string | number): unknown {
  if (typeof table !== "object" || table === null || !Object.hasOwn(table, name)) return undefined;
  return Reflect.get(table, name);
}
