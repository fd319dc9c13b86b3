import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { Menu, type MenuItem } from "../parts/menu.js";
import { dispatch, dispatchAll } from "../state/documents.js";
import { announce } from "../state/notices.js";
import { selectWire } from "../state/selection.js";
import { canvasStrings as words } from "../strings/canvas.js";
import { focusNode, focusSocket } from "./focus.js";
import { connectSockets, socketsFor } from "./held-wire.js";
import type { SocketRef } from "./interaction.js";
import { type SceneWire, socketPlace } from "./scene.js";
import { sceneStore } from "./scene-store.js";
import { openSearch } from "./search/search-store.js";

interface OpenedMenu {
  readonly socket: SocketRef;
  readonly at: readonly [number, number];
}

const menuStore = createStore<{ readonly opened: OpenedMenu | undefined }>(() => ({
  opened: undefined,
}));

/** Opens the list of what a socket can be wired to: how wires are drawn by keyboard. */
export function openSocketMenu(socket: SocketRef): void {
  const box = document.activeElement?.getBoundingClientRect();
  if (box !== undefined) menuStore.setState({ opened: { socket, at: [box.right, box.bottom] } });
}

/** The list of what a socket can be wired to, where it is open. */
export function SocketMenu() {
  const opened = useStore(menuStore, (state) => state.opened);
  if (opened === undefined) return null;
  const { socket, at } = opened;
  return (
    <Menu
      label={words.targets(`${socket.node}.${socket.name}`)}
      at={at}
      items={itemsFor(socket)}
      onClose={() => menuStore.setState({ opened: undefined })}
    />
  );
}

const mostTargets = 30;
const mostWires = 6;

function itemsFor(socket: SocketRef): readonly MenuItem[] {
  const { scene } = sceneStore.getState();
  const targets = byDistance(socket, socketsFor(socket)).slice(0, mostTargets);
  const items: MenuItem[] = targets.map((target) => ({
    id: `${target.node}.${target.name}`,
    label: `${scene.nodes.get(target.node)?.title ?? target.node} · ${target.node}.${target.name}`,
    run: () => {
      connectSockets(socket, target);
      focusSocket(socket);
    },
  }));
  items.push({
    id: "add",
    label: words.addNodeFor,
    separated: items.length > 0,
    run: () => {
      const side = socket.side === "output" ? "outputs" : "inputs";
      const [x, y] = socketPlace(scene, socket.node, side, socket.name) ?? [0, 0];
      openSearch({
        at: [x + (socket.side === "output" ? 72 : -72), y],
        wire: socket,
        isAnywhere: true,
      });
    },
  });
  const wires = wiresAt(socket);
  items.push(...wires.slice(0, mostWires).map(chooseItem));
  if (wires.length > 0) {
    items.push({
      id: "remove",
      label: words.disconnectAll,
      run: () => {
        disconnectSocket(socket);
        focusNode(socket.node);
      },
    });
  }
  return items;
}

/** Chooses a wire, so that its keys and actions reach it: insert, reroute, delete. */
function chooseItem({ key, from, to, index }: SceneWire): MenuItem {
  const label = words.wireSelected(`${from.node}.${from.output}`, `${to.node}.${to.input}`);
  return {
    id: `choose ${key}`,
    label: words.chooseWire(label),
    run: () => {
      selectWire({ node: to.node, input: to.input, index });
      document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });
      announce(label);
    },
  };
}

const wiresAt = ({ node, side, name }: SocketRef) =>
  sceneStore
    .getState()
    .scene.wires.filter(({ from, to }) =>
      side === "input"
        ? to.node === node && to.input === name
        : from.node === node && from.output === name,
    );

/** Removes all wires of a socket. */
export function disconnectSocket(socket: SocketRef): void {
  if (socket.side === "input") {
    dispatch({ kind: "disconnect", to: { node: socket.node, input: socket.name } });
    return;
  }
  const commands = wiresAt(socket).map(({ from, to }) => ({
    kind: "disconnect" as const,
    to,
    from,
  }));
  dispatchAll(commands, words.disconnectAll);
}

function byDistance(from: SocketRef, targets: readonly SocketRef[]): readonly SocketRef[] {
  const { scene } = sceneStore.getState();
  const [x, y] = scene.positions.get(from.node) ?? [0, 0];
  const distance = ({ node }: SocketRef) => {
    const [otherX, otherY] = scene.positions.get(node) ?? [0, 0];
    return Math.hypot(otherX - x, otherY - y);
  };
  return [...targets].sort((a, b) => distance(a) - distance(b));
}
