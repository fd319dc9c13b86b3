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

/** Puts other content in place of all that there is. */
export function replaceDocument({ draft }: Edit, { content }: CommandOf<"replace-document">): void {
  const {
    $schema,
    name,
    description,
    nodes,
    interface: options,
    view,
  } = structuredClone(fillDocument(content));
  if ($schema === undefined) delete draft.$schema;
  else draft.$schema = $schema;
  if (description === undefined) delete draft.description;
  else draft.description = description;
  Object.assign(draft, { name, nodes, interface: options, view });
}
