import { type Patch, produce } from "immer";
import { combineProblems, structureProblem } from "../document/problems.js";
import { workflowSchema } from "../document/schema.js";
import { type Wire, type WorkflowDocument, wiresOf } from "../document/types.js";
import type { DiopterError } from "../errors/index.js";
import type { CommandOf } from "./command-schema.js";
import { type Edit, own } from "./edit.js";
import { refuse } from "./edit-error.js";
import { setWires } from "./edit-wires.js";
import { checkWire, requireNoNewCycle } from "./fit-wires.js";
import { patchDraft } from "./patch-draft.js";
import { viewSchema } from "./view.js";

/**
 * Applies the patches of an undo or a redo. Others may have edited since: what they left without
 * its other end (wires, public names) is dropped, and what no longer makes sense is refused.
 */
export function applyPatchCommand(edit: Edit, { patches }: CommandOf<"patch">): void {
  const read = patches.map((patch): Patch => ({ ...patch }));
  refuseOverwriting(edit, read);
  const after = patched(edit.document, read);
  requireSound(after);
  patchDraft(edit.draft, read);
  const kept = dropLooseEnds(edit, after);
  requireNoNewCycle(edit.document, kept);
}

/**
 * A node or frame that comes back must not take the place of one that is there now, unless that one
 * goes in the same step.
 */
function refuseOverwriting(edit: Edit, patches: readonly Patch[]): void {
  const removed = new Set<string>();
  for (const { op, path } of patches) {
    const place = JSON.stringify(path);
    if (op === "remove") removed.add(place);
    else if (op === "add" && !removed.has(place)) refuseTaken(edit, path);
  }
}

function refuseTaken({ document }: Edit, path: Patch["path"]): void {
  const [table, id = "", frame] = path.map(String);
  const node = table === "nodes" && path.length === 2 && Object.hasOwn(document.nodes, id);
  const isFrame = table === "view" && id === "frames" && path.length === 3;
  if (node || (isFrame && Object.hasOwn(document.view.frames, frame ?? ""))) {
    throw conflict(`Something else is named "${path.at(-1)}" now.`);
  }
}

function patched(document: WorkflowDocument, patches: readonly Patch[]): WorkflowDocument {
  return produce(document, (draft) => {
    if (!patchDraft(draft, patches)) throw conflict("What it would change is no longer there.");
  });
}

function requireSound(after: WorkflowDocument): void {
  const { error } = workflowSchema.safeParse(after);
  const problem = combineProblems((error?.issues ?? []).map(structureProblem));
  if (problem !== undefined) throw conflict(`It would break the workflow: ${problem.message}`);
  const isFilled = Object.values(after.nodes).every((node) => node.params && node.inputs);
  if (!isFilled || after.interface === undefined || !viewSchema.safeParse(after.view).success) {
    throw conflict("It would break the workflow.");
  }
}

function dropLooseEnds(edit: Edit, after: WorkflowDocument): WorkflowDocument {
  const nodes = { ...after.nodes };
  for (const [id, node] of Object.entries(after.nodes)) {
    for (const [input, wired] of Object.entries(node.inputs ?? {})) {
      const wires = wiresOf(wired);
      const kept = wires.filter((wire) => isKept(edit, after, { id, input, wire }));
      if (kept.length === wires.length) continue;
      setWires(edit, { node: id, input }, kept);
      nodes[id] = { ...node, inputs: { ...nodes[id]?.inputs, [input]: kept } };
    }
  }
  for (const [name, target] of Object.entries(after.interface ?? {})) {
    const [id = ""] = target.split(".");
    const isLost = !Object.hasOwn(after.nodes, id) && isNew(edit, after, id, name);
    if (isLost) delete edit.draft.interface[name];
  }
  return { ...after, nodes };
}

interface PlacedWire {
  readonly id: string;
  readonly input: string;
  readonly wire: Wire;
}

/** Wires that did not fit before the patches are none of their business. */
function isKept({ document, registry }: Edit, after: WorkflowDocument, placed: PlacedWire) {
  const { id, input, wire } = placed;
  const node = own(after.nodes, id);
  if (node === undefined) return true;
  const [source] = wire;
  const untouched =
    own(document.nodes, id) === node && own(document.nodes, source) === own(after.nodes, source);
  return untouched || checkWire(after, registry, node, input, wire).valid;
}

function isNew({ document }: Edit, after: WorkflowDocument, id: string, name: string): boolean {
  const wasThere = Object.hasOwn(document.nodes, id);
  return wasThere || own(document.interface, name) !== own(after.interface ?? {}, name);
}

function conflict(message: string): DiopterError {
  const remedy = "Somebody has edited the same part since: change it by hand.";
  return refuse("document/edit-conflict", `This can no longer be undone. ${message}`, remedy);
}
