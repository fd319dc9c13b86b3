import { DiopterError, type ErrorCode } from "../errors/index.js";

/** Refuses an edit, with the reason and what to do instead. */
export function refuse(
  code: ErrorCode,
  message: string,
  remedy: string,
  place: { readonly node?: string; readonly port?: string } = {},
): DiopterError {
  return new DiopterError(code, { message, remedy, ...place });
}

/** The node is not there, which happens when somebody else has just removed it. */
export function noSuchNode(id: string): DiopterError {
  return refuse(
    "document/unknown-node",
    `There is no node "${id}".`,
    "Somebody may have removed or renamed it: look again.",
    { node: id },
  );
}
