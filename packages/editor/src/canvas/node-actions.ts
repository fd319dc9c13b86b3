import { callType } from "@diopter/engine/editing";
import { openFromLibrary } from "../files/open.js";
import { runWorkflow } from "../run/run-workflow.js";
import type { Action } from "../shortcuts/registry.js";
import { documentStore, redo, undo } from "../state/documents.js";
import { announce } from "../state/notices.js";
import { showPanel } from "../state/panes.js";
import { selectionStore, showParameter } from "../state/selection.js";
import { actionStrings as words } from "../strings/actions.js";
import { documentStrings } from "../strings/documents.js";
import { idFrom } from "./called-workflows.js";
import { copySelection, duplicateSelection, pasteClipboard } from "./clipboard.js";
import { enterNode, focusedNode, focusedSocket, leave } from "./focus.js";
import * as reroutes from "./reroutes.js";
import { nodeBounds } from "./scene-hits.js";
import { openSearch } from "./search/search-store.js";
import * as selection from "./selection-commands.js";
import { disconnectSocket, openSocketMenu } from "./socket-menu.js";
import { middleOfView } from "./view-commands.js";

const { hasNodes, onlyNode } = selection;
const hasOne = () => onlyNode() !== undefined;
const hasWire = () => reroutes.selectedWire() !== undefined;

function enter(): void {
  const socket = focusedSocket();
  if (socket === undefined) enterNode();
  else openSocketMenu(socket);
}

function replaceNode(): void {
  const id = onlyNode();
  const box = id === undefined ? undefined : nodeBounds(id);
  if (id === undefined || box === undefined) return;
  openSearch({ at: [box.x + box.width + 16, box.y], replace: id });
}

function insertOnWire(): void {
  const wire = reroutes.selectedWire();
  if (wire === undefined) return;
  const [from, to] = [nodeBounds(wire.from.node), nodeBounds(wire.to.node)];
  const at =
    from === undefined || to === undefined
      ? middleOfView()
      : ([(from.x + from.width + to.x) / 2, (from.y + to.y) / 2] as const);
  openSearch({ at, insert: wire });
}

function renameNode(): void {
  const id = onlyNode();
  if (id === undefined) return;
  showPanel("right", "inspector");
  showParameter(id, "");
}

/** The workflow of the library that the chosen node calls. */
function calledWorkflow(): string | undefined {
  const { document, id } = documentStore.getState();
  const node = document.nodes[onlyNode() ?? ""];
  return node?.type === callType ? idFrom(id, String(node.params.path ?? "")) : undefined;
}

function openPicture(): void {
  const id = onlyNode();
  if (id === undefined) return;
  const picture = document.querySelector<HTMLElement>(
    `[data-node="${CSS.escape(id)}"] .node-picture`,
  );
  picture?.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
}

/** Actions that edit: nodes, wires, and what is chosen. */
export const nodeActions: readonly Action[] = [
  {
    id: "edit.undo",
    label: words.undo,
    group: "edit",
    keys: ["Mod+Z"],
    run: () => {
      const label = undo();
      announce(label === undefined ? documentStrings.nothingToUndo : documentStrings.undone(label));
    },
  },
  {
    id: "edit.redo",
    label: words.redo,
    group: "edit",
    keys: ["Mod+Shift+Z", "Mod+Y"],
    run: () => {
      const label = redo();
      announce(label === undefined ? documentStrings.nothingToRedo : documentStrings.redone(label));
    },
  },
  {
    id: "edit.copy",
    label: words.copy,
    group: "edit",
    keys: ["Mod+C"],
    isNative: true,
    isEnabled: hasNodes,
    run: () => void copySelection(),
  },
  {
    id: "edit.cut",
    label: words.cut,
    group: "edit",
    keys: ["Mod+X"],
    isNative: true,
    isEnabled: hasNodes,
    run: () => void copySelection().then(selection.deleteSelection),
  },
  {
    id: "edit.paste",
    label: words.paste,
    group: "edit",
    keys: ["Mod+V"],
    isNative: true,
    run: () => void pasteClipboard(),
  },
  {
    id: "edit.duplicate",
    label: words.duplicate,
    group: "edit",
    keys: ["Mod+D"],
    isEnabled: hasNodes,
    run: duplicateSelection,
  },
  {
    id: "edit.delete",
    label: words.delete,
    group: "edit",
    keys: ["Delete", "Backspace"],
    isCanvas: true,
    isEnabled: selection.hasSelection,
    run: selection.deleteSelection,
  },
  {
    id: "edit.selectAll",
    label: words.selectAll,
    group: "edit",
    keys: ["Mod+A"],
    isCanvas: true,
    run: selection.selectAll,
  },
  {
    id: "node.enter",
    label: words.enter,
    group: "node",
    keys: ["Enter"],
    isCanvas: true,
    isEnabled: () => focusedSocket() !== undefined || isOnNode(),
    run: enter,
  },
  {
    id: "node.leave",
    label: words.leave,
    group: "node",
    keys: ["Escape"],
    isCanvas: true,
    run: leave,
  },
  {
    id: "node.disconnect",
    label: words.disconnect,
    group: "node",
    keys: ["Shift+Delete"],
    isCanvas: true,
    isEnabled: () => focusedSocket() !== undefined || hasNodes(),
    run: () => {
      const socket = focusedSocket();
      if (socket === undefined) selection.disconnectSelection();
      else disconnectSocket(socket);
    },
  },
  {
    id: "node.rename",
    label: words.renameNode,
    group: "node",
    keys: ["F2"],
    isCanvas: true,
    isEnabled: hasOne,
    run: renameNode,
  },
  {
    id: "node.replace",
    label: words.replaceNode,
    group: "node",
    keys: ["R"],
    isCanvas: true,
    isEnabled: hasOne,
    run: replaceNode,
  },
  {
    id: "node.bypass",
    label: words.bypass,
    group: "node",
    keys: ["B"],
    isCanvas: true,
    isEnabled: hasNodes,
    run: () => selection.toggleMode("bypassed"),
  },
  {
    id: "node.mute",
    label: words.mute,
    group: "node",
    keys: ["M"],
    isCanvas: true,
    isEnabled: hasNodes,
    run: () => selection.toggleMode("muted"),
  },
  {
    id: "node.collapse",
    label: words.collapse,
    group: "node",
    keys: ["C"],
    isCanvas: true,
    isEnabled: hasNodes,
    run: selection.toggleCollapsed,
  },
  {
    id: "node.openPicture",
    label: words.openPicture,
    group: "node",
    keys: ["P"],
    isCanvas: true,
    isEnabled: hasOne,
    run: openPicture,
  },
  {
    id: "node.openWorkflow",
    label: words.openWorkflow,
    group: "node",
    keys: ["O"],
    isCanvas: true,
    isEnabled: () => calledWorkflow() !== undefined,
    run: () => {
      const id = calledWorkflow();
      if (id !== undefined) void openFromLibrary(id);
    },
  },
  {
    id: "wire.insert",
    label: words.insertOnWire,
    group: "node",
    keys: ["I"],
    isCanvas: true,
    isEnabled: hasWire,
    run: insertOnWire,
  },
  {
    id: "wire.reroute",
    label: words.reroute,
    group: "node",
    keys: ["W"],
    isCanvas: true,
    isEnabled: hasWire,
    run: () => {
      const wire = reroutes.selectedWire();
      if (wire !== undefined) reroutes.addReroute(wire);
    },
  },
  {
    id: "wire.nextPoint",
    label: words.nextPoint,
    group: "node",
    keys: ["."],
    isCanvas: true,
    isEnabled: () => (reroutes.selectedWire()?.points.length ?? 0) > 0,
    run: reroutes.chooseNextPoint,
  },
  {
    id: "wire.straighten",
    label: words.straighten,
    group: "node",
    isEnabled: hasWire,
    run: reroutes.straightenSelectedWire,
  },
  {
    id: "run.toNode",
    label: words.runToNode,
    group: "run",
    keys: ["Shift+Enter"],
    isCanvas: true,
    isEnabled: hasNodes,
    run: () => void runWorkflow({ targets: selectionStore.getState().nodes }),
  },
];

const isOnNode = (): boolean =>
  focusedNode() !== undefined && document.activeElement?.closest("[data-frame]") === null;
