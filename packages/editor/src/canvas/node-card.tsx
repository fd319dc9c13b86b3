import { isBuiltInType, socketTypes, splitNodeType } from "@diopter/engine/editing";
import { CircleSlash, ListPlus, Workflow } from "lucide-react";
import { memo, useEffect, useRef } from "react";
import { useStore } from "zustand";
import { useNodeStatus } from "../state/hooks.js";
import { presenceStore } from "../state/presence.js";
import { selectionStore } from "../state/selection.js";
import { canvasStrings as words } from "../strings/canvas.js";
import { interactionStore } from "./interaction.js";
import { NodeParameters } from "./node-parameters.js";
import { NodePicture } from "./node-picture.js";
import { NodeProgress, StatusBadge, statusText } from "./node-status.js";
import { leadSocket } from "./painter.js";
import type { SceneNode } from "./scene.js";
import { useSceneNode } from "./scene-store.js";
import type { AnnounceSocket } from "./schemes.js";
import { Socket } from "./socket.js";

interface NodeCardProps {
  readonly id: string;
  readonly announceSocket: AnnounceSocket;
}

/** A node on the page. A root of its own: all that it knows comes from the stores. */
export const NodeCard = memo(function NodeCard({ id, announceSocket }: NodeCardProps) {
  const shown = useSceneNode(id);
  const isSelected = useStore(selectionStore, ({ nodes }) => nodes.includes(id));
  const isFocused = useStore(interactionStore, ({ focused }) => focused === id);
  const status = useNodeStatus(id);
  const other = useStore(presenceStore, ({ clients, self }) =>
    clients.find(({ client, selection }) => client !== self && selection.includes(id)),
  );
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isFocused && !card.current?.contains(document.activeElement)) card.current?.focus();
  }, [isFocused]);
  if (shown === undefined) return null;
  const { node, shape, descriptor, isCollapsed } = shown;
  const lead = leadSocket(shown);
  const classes = ["node", node.mode, status?.state, isSelected ? "selected" : ""];
  if (isCollapsed) classes.push("collapsed");
  const isUnknown = descriptor === undefined && !isBuiltInType(node.type);
  if (isUnknown) classes.push("unknown");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a node is a group of sockets, not a set of fields.
    <section
      ref={card}
      className={classes.filter(Boolean).join(" ")}
      data-node={id}
      role="group"
      aria-roledescription={words.nodeRole}
      aria-label={nodeLabel(shown, isSelected, other?.name, statusText(status))}
      tabIndex={isFocused ? 0 : -1}
      style={{
        width: shape.width,
        height: shape.height,
        "--lead": lead === undefined ? "var(--text-faint)" : socketTypes[lead].colour,
        ...(other === undefined || isSelected ? {} : { "--other": other.colour }),
      }}
      onFocus={(event) => {
        if (event.target === event.currentTarget) interactionStore.setState({ focused: id });
      }}
    >
      <header className="node-header">
        <span className="node-title" title={`${shown.title} · ${id}`}>
          {shown.title}
        </span>
        <ModeMark mode={node.mode} type={node.type} />
        <StatusBadge status={status} />
      </header>
      {shown.ports.inputs.map((port, index) => (
        <Socket
          key={port.name}
          node={id}
          port={port}
          side="input"
          at={shape.inputs[index] ?? 0}
          isCollapsed={isCollapsed}
          announceSocket={announceSocket}
        />
      ))}
      {shown.ports.outputs.map((port, index) => (
        <Socket
          key={port.name}
          node={id}
          port={port}
          side="output"
          at={shape.outputs[index] ?? 0}
          isCollapsed={isCollapsed}
          announceSocket={announceSocket}
        />
      ))}
      {isCollapsed ? null : <NodeParameters shown={shown} />}
      {isCollapsed || !shown.hasPicture ? null : <NodePicture shown={shown} />}
      {isUnknown ? <span className="node-note">{unknownNote(node.type)}</span> : null}
      <NodeProgress status={status} />
    </section>
  );
});

/** Which package would bring a type that is not known here. */
function unknownNote(type: string): string {
  const { package: name } = splitNodeType(type);
  return name === undefined ? `${words.unknownType}: ${type}` : words.comesFrom(name);
}

function ModeMark({ mode, type }: { readonly mode: string | undefined; readonly type: string }) {
  if (mode === "muted") return <CircleSlash size={13} aria-hidden />;
  if (mode === "bypassed") return <ListPlus size={13} aria-hidden />;
  return type === "workflow/call" ? <Workflow size={13} aria-hidden /> : null;
}

function nodeLabel(
  { id, title, node, ports }: SceneNode,
  isSelected: boolean,
  other: string | undefined,
  status: string | undefined,
): string {
  const mode = node.mode === undefined ? undefined : words[node.mode];
  return [
    words.node(title, id),
    words.inputs(ports.inputs.length),
    words.outputs(ports.outputs.length),
    mode,
    status,
    isSelected ? words.selected : undefined,
    other === undefined ? undefined : words.others(other),
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}
