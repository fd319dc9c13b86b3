import { socketTypes, wiresOf } from "@diopter/engine/editing";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { documentStore } from "../state/documents.js";
import { useFailure } from "../state/hooks.js";
import { canvasStrings as words } from "../strings/canvas.js";
import { wireStrings } from "../strings/wires.js";
import { interactionStore, socketKey } from "./interaction.js";
import type { ShownPort } from "./node-ports.js";
import { sceneStore } from "./scene-store.js";
import type { AnnounceSocket } from "./schemes.js";

interface SocketProps {
  readonly node: string;
  readonly port: ShownPort;
  readonly side: "input" | "output";
  /** Height of its middle in the node. */
  readonly at: number;
  readonly isCollapsed: boolean;
  readonly announceSocket: AnnounceSocket;
}

/** A socket: the dot that wires end at, and its name. Its hit area is larger than it looks. */
export function Socket({ node, port, side, at, isCollapsed, announceSocket }: SocketProps) {
  const dot = useRef<HTMLButtonElement>(null);
  const { name } = port;
  useEffect(() => {
    if (dot.current === null) return undefined;
    return announceSocket(dot.current, { node, side, name });
  }, [announceSocket, node, side, name]);
  const fit = useStore(interactionStore, ({ held }) => {
    if (held === undefined) return "";
    const key = socketKey({ node, side, name });
    if (key === socketKey(held.from)) return "held";
    return held.targets.has(key) ? "fits" : "dimmed";
  });
  const ends = useStore(documentStore, () => endsOf(node, side, name));
  const colour = colourOf(port);
  const isMissing = side === "input" && ends === "" && !port.isOptional;
  const failure = useFailure(node, name);
  const wrong = side === "input" ? failure : "";
  const classes = ["socket", side, fit, ends === "" ? "" : "wired", isMissing ? "missing" : ""];
  if (wrong !== "") classes.push("wrong");
  if (port.isList) classes.push("list");
  if (port.isGone === true) classes.push("gone");
  return (
    <button
      ref={dot}
      type="button"
      className={classes.filter(Boolean).join(" ")}
      data-socket={`${side}.${name}`}
      tabIndex={-1}
      title={wrong || (port.isGone === true ? wireStrings.gone(name) : titleOf(port))}
      aria-label={[socketLabel(port, side, ends), wrong].filter(Boolean).join(", ")}
      style={{ top: at, "--socket": colour }}
    >
      <span className="dot" />
      {isCollapsed ? null : <span className="socket-name">{name}</span>}
    </button>
  );
}

function colourOf({ socket, isGone }: ShownPort): string {
  if (isGone === true) return "var(--danger)";
  return socket === undefined ? "var(--text-faint)" : socketTypes[socket].colour;
}

const titleOf = ({ socket, help }: ShownPort): string => [socket, help].filter(Boolean).join(": ");

/** The other ends of a socket's wires, as text; empty where it has none. */
function endsOf(node: string, side: "input" | "output", name: string): string {
  if (side === "input") {
    const wired = documentStore.getState().document.nodes[node]?.inputs[name];
    return wiresOf(wired)
      .map((wire) => wire.join("."))
      .join(" ");
  }
  const { scene } = sceneStore.getState();
  return scene.wires
    .filter(({ from }) => from.node === node && from.output === name)
    .map(({ to }) => `${to.node}.${to.input}`)
    .join(" ");
}

function socketLabel(port: ShownPort, side: "input" | "output", ends: string): string {
  const type = port.socket ?? words.anything;
  const first = side === "input" ? words.input(port.name, type) : words.output(port.name, type);
  if (port.isGone === true) return `${first}, ${wireStrings.gone(port.name)}`;
  const free = side === "input" && !port.isOptional ? words.required : words.notWired;
  const optional = side === "input" && port.isOptional ? `, ${words.optional}` : "";
  return `${first}${optional}, ${ends === "" ? free : words.wiredTo(ends.split(" "))}`;
}
