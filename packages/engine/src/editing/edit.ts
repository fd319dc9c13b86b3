import type { Draft } from "immer";
import type { PortRegistry } from "../nodes/port-registry.js";
import { noSuchNode } from "./edit-error.js";
import type { FilledDocument, FilledNode } from "./filled-document.js";

/** What a command works on: it reads `document`, which never changes, and writes `draft`. */
export interface Edit {
  readonly document: FilledDocument;
  readonly draft: Draft<FilledDocument>;
  readonly registry: PortRegistry;
}

/** An entry of a table, and nothing that the table inherits. */
export function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/**
 * Takes an entry out of a draft's table. Immer would record the removal of what the table only
 * inherits, such as `constructor`.
 */
export function removeEntry(table: object, name: string): void {
  if (Object.hasOwn(table, name)) Reflect.deleteProperty(table, name);
}

/** @throws DiopterError `document/unknown-node` */
export function nodeBefore({ document }: Edit, id: string): FilledNode {
  const node = own(document.nodes, id);
  if (node === undefined) throw noSuchNode(id);
  return node;
}

/** @throws DiopterError `document/unknown-node` */
export function nodeDraft({ draft }: Edit, id: string): Draft<FilledNode> {
  const node = own(draft.nodes, id);
  if (node === undefined) throw noSuchNode(id);
  return node;
}
