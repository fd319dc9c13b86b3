import { checkParameter } from "../document/parameters.js";
import { suggestName } from "../document/suggest.js";
import type { Parameter } from "../nodes/params.js";
import type { CommandOf } from "./command-schema.js";
import { type Edit, nodeBefore, nodeDraft, own, removeEntry } from "./edit.js";
import { refuse } from "./edit-error.js";

/** Sets a parameter to a value that its declaration takes. */
export function setParameter(edit: Edit, { node, name, value }: CommandOf<"set-parameter">): void {
  const parameter = declared(edit, node, name);
  const fault = parameter === undefined ? undefined : checkParameter(parameter, value);
  if (fault !== undefined) {
    const { message, remedy } = fault;
    throw refuse("document/invalid-parameter", message, remedy, { node, port: name });
  }
  nodeDraft(edit, node).params[name] = value;
}

/** Leaves a parameter to its default. */
export function resetParameter(edit: Edit, { node, name }: CommandOf<"reset-parameter">): void {
  removeEntry(nodeDraft(edit, node).params, name);
}

/** Gives a parameter a public name. */
export function expose(edit: Edit, { node, name, as }: CommandOf<"expose">): void {
  declared(edit, node, name);
  const target = `${node}.${name}`;
  const present = own(edit.document.interface, as);
  if (present !== undefined && present !== target) {
    throw refuse(
      "document/name-taken",
      `"${as}" is the public name of "${present}" already.`,
      "Choose another name.",
      { node, port: name },
    );
  }
  edit.draft.interface[as] = target;
}

/** Takes a public name away; one that is gone is no error. */
export function unexpose({ draft }: Edit, { as }: CommandOf<"unexpose">): void {
  removeEntry(draft.interface, as);
}

/** The declaration; undefined where the node's type is not known here. */
function declared(edit: Edit, id: string, name: string): Parameter | undefined {
  const node = nodeBefore(edit, id);
  const definition = own(edit.registry, node.type);
  if (definition === undefined) return undefined;
  const parameter = own(definition.params, name);
  if (parameter !== undefined) return parameter;
  const names = Object.keys(definition.params);
  throw refuse(
    "document/unknown-parameter",
    `"${node.type}" has no parameter "${name}".`,
    suggestName(name, names, names.length === 0 ? "It has none." : `It has: ${names.join(", ")}.`),
    { node: id, port: name },
  );
}
