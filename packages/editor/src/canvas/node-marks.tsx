import { splitNodeType } from "@diopter/engine/editing";
import { CircleSlash, CornerUpRight, Unplug, Workflow } from "lucide-react";
import { canvasStrings as words } from "../strings/canvas.js";
import { wireStrings } from "../strings/wires.js";
import { calledBy, type calledStore } from "./called-store.js";
import type { SceneNode } from "./scene.js";

interface NodeNoteProps {
  readonly type: string;
  readonly isUnknown: boolean;
  /** The id of the workflow that is not in the library. */
  readonly lost: string | undefined;
}

/** What keeps a node from running, below it. */
export function NodeNote({ type, isUnknown, lost }: NodeNoteProps) {
  const note = isUnknown
    ? unknownNote(type)
    : lost === undefined
      ? undefined
      : wireStrings.goneWorkflow(lost);
  return note === undefined ? null : <span className="node-note">{note}</span>;
}

/** Which package would bring a type that is not known here. */
function unknownNote(type: string): string {
  const { package: name } = splitNodeType(type);
  return name === undefined ? `${words.unknownType}: ${type}` : words.comesFrom(name);
}

/** The sign of a node that is muted, bypassed, or calls a workflow. */
export function ModeMark({
  mode,
  type,
}: {
  readonly mode: string | undefined;
  readonly type: string;
}) {
  if (mode === "muted" || mode === "bypassed") {
    const Icon = mode === "muted" ? CircleSlash : CornerUpRight;
    return (
      <span className="badge" title={words[mode]}>
        <Icon size={14} aria-hidden />
      </span>
    );
  }
  return type === "workflow/call" ? <Workflow size={13} aria-hidden /> : null;
}

/** The sign of a node whose wires do not all fit. */
export function FaultMark({ broken }: { readonly broken: number }) {
  if (broken === 0) return null;
  return (
    <span className="badge failed" title={wireStrings.broken(broken)}>
      <Unplug size={13} aria-hidden />
    </span>
  );
}

/** The id of the workflow that a node calls and that the library does not have. */
export function lostWorkflow(
  node: SceneNode["node"] | undefined,
  state: ReturnType<typeof calledStore.getState>,
): string | undefined {
  const called = node === undefined ? undefined : calledBy(node, state);
  return called?.isGone === true ? called.id : undefined;
}
