import type { CommandOf } from "./command-schema.js";
import type { Edit } from "./edit.js";
import { fillDocument } from "./filled-document.js";

/** Names and describes the document. */
export function setDocument(
  { draft }: Edit,
  { name, description }: CommandOf<"set-document">,
): void {
  if (name !== undefined) draft.name = name;
  if (description === null) delete draft.description;
  else if (description !== undefined) draft.description = description;
}

/**
 * Puts other content in place of all that there is. Entry by entry, so that taking it back leaves
 * alone what others have added since.
 */
export function replaceDocument(
  { draft, document }: Edit,
  { content }: CommandOf<"replace-document">,
): void {
  const after = structuredClone(fillDocument(content));
  replaceEntries(draft, document, after, ["nodes", "interface", "view"]);
  replaceEntries(draft.nodes, document.nodes, after.nodes);
  replaceEntries(draft.interface, document.interface, after.interface);
  const tables = ["positions", "frames", "reroutes", "collapsed", "sizes"] as const;
  replaceEntries(draft.view, document.view, after.view, tables);
  for (const table of tables) {
    replaceEntries(draft.view[table], document.view[table], after.view[table]);
  }
}

function replaceEntries(
  draft: object,
  before: object,
  after: object,
  but: readonly string[] = [],
): void {
  const wanted = new Map<string, unknown>(Object.entries(after));
  const present = new Map<string, unknown>(Object.entries(before));
  for (const name of present.keys()) {
    if (!wanted.has(name) && !but.includes(name)) Reflect.deleteProperty(draft, name);
  }
  for (const [name, value] of wanted) {
    const isSame = JSON.stringify(present.get(name)) === JSON.stringify(value);
    if (!isSame && !but.includes(name)) Reflect.set(draft, name, value);
  }
}
