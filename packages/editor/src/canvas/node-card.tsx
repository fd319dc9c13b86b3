import { isBuiltInType, socketTypes } from "@diopter/engine/editing";
import { memo, useEffect, useRef } from "react";
import { useStore } from "zustand";
import { useIsStale, useNodeStatus } from "../state/hooks.js";
import { presenceStore } from "../state/presence.js";
import { selectionStore } from "../state/selection.js";
import { canvasStrings as words } from "../strings/canvas.js";
import { wireStrings } from "../strings/wires.js";
import { calledStore } from "./called-store.js";
import { interactionStore } from "./interaction.js";
import { FaultMark, lostWorkflow, ModeMark, NodeNote } from "./node-marks.js";
import { NodeParameters } from "./node-parameters.js";
import { NodePicture } from "./node-picture.js";
import { NodeProgress, StatusBadge, shownStatus, statusText } from "./node-status.js";
import { leadSocket } from "./painter.js";
import type { SceneNode } from "./scene.js";
import { sceneStore, useSceneNode } from "./scene-store.js";
import type { AnnounceSocket } from "./schemes.js";
import { Socket } from "./socket.js";
import { WidthHandle } from "./width-handle.js";

interface NodeCardProps {
  readonly id: string;
  readonly announceSocket: AnnounceSocket;
}

/** A node on the page. A root of its own: all that it knows comes from the stores. */
export const NodeCard = memo(function NodeCard({ id, announceSocket }: NodeCardProps) {
  const shown = useSceneNode(id);
  const isSelected = useStore(selectionStore, ({ nodes }) => nodes.includes(id));
  const isFocused = useStore(interactionStore, ({ focused }) => focused === id);
  const isStale = useIsStale(id);
  const status = shownStatus(useNodeStatus(id), isStale);
  const other = useStore(presenceStore, ({ clients, self }) =>
    clients.find(({ client, selection }) => client !== self && selection.includes(id)),
  );
  const broken = useStore(sceneStore, ({ scene }) => scene.broken.get(id)?.length ?? 0);
  const lost = useStore(calledStore, (state) => lostWorkflow(shown?.node, state));
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isFocused && !card.current?.contains(document.activeElement)) card.current?.focus();
  }, [isFocused]);
  if (shown === undefined) return null;
  const { node, shape, descriptor, isCollapsed } = shown;
  const lead = leadSocket(shown);
  const isUnknown = descriptor === undefined && !isBuiltInType(node.type);
  const classes = {
    selected: isSelected,
    collapsed: isCollapsed,
    broken: broken > 0 || lost !== undefined,
    unknown: isUnknown,
    stale: status !== undefined && isStale,
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a node is a group of sockets, not a set of fields.
    <section
      ref={card}
      className={classNames(["node", node.mode, status?.state], classes)}
      data-node={id}
      role="group"
      aria-roledescription={words.nodeRole}
      aria-label={nodeLabel(shown, [
        broken === 0 ? undefined : wireStrings.broken(broken),
        lost === undefined ? undefined : wireStrings.goneWorkflow(lost),
        statusText(status, isStale),
        isSelected ? words.selected : undefined,
        other === undefined ? undefined : words.others(other.name),
      ])}
      tabIndex={isFocused ? 0 : -1}
      style={{
        width: shape.width,
        height: shape.height,
        "--lead": lead === undefined ? "var(--text-faint)" : socketTypes[lead].colour,
        ...(other === undefined || isSelected ? {} : { "--other": shaded(other.colour) }),
      }}
      onFocus={(event) => {
        if (event.target === event.currentTarget) interactionStore.setState({ focused: id });
      }}
    >
      <header className="node-header">
        <span className="node-title" title={`${shown.title} · ${id}`}>
          {shown.title}
        </span>
        <FaultMark broken={broken} />
        <ModeMark mode={node.mode} type={node.type} />
        <StatusBadge status={status} isStale={isStale} />
      </header>
      <WidthHandle id={id} width={shape.width} />
      <Sockets shown={shown} side="input" announceSocket={announceSocket} />
      <Sockets shown={shown} side="output" announceSocket={announceSocket} />
      {isCollapsed ? null : <NodeParameters shown={shown} />}
      {isCollapsed || !shown.hasPicture ? null : <NodePicture shown={shown} />}
      <NodeNote type={node.type} isUnknown={isUnknown} lost={lost} />
      <NodeProgress status={status} />
    </section>
  );
});

/** A person's colour, dark enough for a light canvas. */
const shaded = (colour: string) => `color-mix(in srgb, ${colour}, black var(--socket-shade))`;

interface SocketsProps {
  readonly shown: SceneNode;
  readonly side: "input" | "output";
  readonly announceSocket: AnnounceSocket;
}

function Sockets({ shown, side, announceSocket }: SocketsProps) {
  const name = side === "input" ? "inputs" : "outputs";
  return shown.ports[name].map((port, index) => (
    <Socket
      key={port.name}
      node={shown.id}
      port={port}
      side={side}
      at={shown.shape[name][index] ?? 0}
      isCollapsed={shown.isCollapsed}
      announceSocket={announceSocket}
    />
  ));
}

function classNames(
  always: readonly (string | undefined)[],
  sometimes: Readonly<Record<string, boolean>>,
): string {
  const more = Object.keys(sometimes).filter((name) => sometimes[name] === true);
  return [...always, ...more].filter(Boolean).join(" ");
}

function nodeLabel(
  { id, title, node, ports }: SceneNode,
  states: readonly (string | undefined)[],
): string {
  const mode = node.mode === undefined ? undefined : words[node.mode];
  return [
    words.node(title, id),
    words.inputs(ports.inputs.length),
    words.outputs(ports.outputs.length),
    mode,
    ...states,
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}
