import { type EditCommand, freeId } from "@diopter/engine/editing";
import { dispatch, dispatchAll, documentStore } from "../state/documents.js";
import { announce } from "../state/notices.js";
import { clearSelection, selectFrame, selectionStore, selectNodes } from "../state/selection.js";
import { canvasStrings } from "../strings/canvas.js";
import { interactionStore } from "./interaction.js";
import { removeReroute, selectedPoint, selectedWire } from "./reroutes.js";
import { nodeBounds } from "./scene-hits.js";
import { sceneStore } from "./scene-store.js";
import { boundsOf } from "./wire-path.js";

/** Whether nodes are chosen. */
export const hasNodes = (): boolean => selectionStore.getState().nodes.length > 0;

/** Whether several nodes are chosen. */
export const hasSeveral = (): boolean => selectionStore.getState().nodes.length > 1;

/** Whether anything is chosen that can be deleted. */
export const hasSelection = (): boolean => {
  const { nodes, wire, frame } = selectionStore.getState();
  return nodes.length > 0 || wire !== undefined || frame !== undefined;
};

/** The one node that is chosen. */
export function onlyNode(): string | undefined {
  const { nodes } = selectionStore.getState();
  return nodes.length === 1 ? nodes[0] : undefined;
}

/** Removes what is chosen: nodes, a wire or a frame. */
export function deleteSelection(): void {
  const { nodes, wire, frame } = selectionStore.getState();
  const point = selectedPoint();
  if (point !== undefined) {
    removeReroute(point.wire, point.index);
    announce(canvasStrings.pointRemoved);
    return;
  }
  if (frame !== undefined) {
    dispatch({ kind: "remove-frame", id: frame });
  } else if (wire !== undefined) {
    const from = selectedWire()?.from;
    const to = { node: wire.node, input: wire.input };
    dispatch(from === undefined ? { kind: "disconnect", to } : { kind: "disconnect", to, from });
    announce(canvasStrings.disconnected);
  } else if (dispatch({ kind: "remove-nodes", ids: [...nodes] })) {
    announce(canvasStrings.removed(nodes.length));
    interactionStore.setState({ focused: undefined });
    document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });
  }
  clearSelection();
}

/** Chooses every node. */
export function selectAll(): void {
  const ids = [...sceneStore.getState().scene.nodes.keys()];
  selectNodes(ids);
  announce(canvasStrings.nodesSelected(ids.length));
}

/** Sets the mode of the chosen nodes, or wakes them where all have it already. */
export function toggleMode(mode: "muted" | "bypassed"): void {
  const { nodes } = selectionStore.getState();
  const { document } = documentStore.getState();
  const isSet = nodes.every((id) => document.nodes[id]?.mode === mode);
  dispatch({ kind: "set-mode", ids: [...nodes], mode: isSet ? null : mode });
}

/** Shows the chosen nodes as their titles alone, or in full. */
export function toggleCollapsed(): void {
  const { nodes } = selectionStore.getState();
  const { collapsed } = documentStore.getState().document.view;
  const isCollapsed = nodes.every((id) => collapsed[id] === true);
  dispatch({ kind: "set-collapsed", ids: [...nodes], collapsed: !isCollapsed });
}

const frameMargin = 24;
const titleHeight = 34;

/** Draws a frame around the chosen nodes. */
export function frameSelection(): void {
  const boxes = selectionStore
    .getState()
    .nodes.map(nodeBounds)
    .filter((box) => box !== undefined);
  if (boxes.length === 0) return;
  const { x, y, width, height } = boundsOf(boxes);
  const { frames } = documentStore.getState().document.view;
  const id = freeId((wanted) => Object.hasOwn(frames, wanted), "frame");
  const frame = {
    title: canvasStrings.frame,
    colour: "slate",
    x: x - frameMargin,
    y: y - frameMargin - titleHeight,
    width: width + 2 * frameMargin,
    height: height + 2 * frameMargin + titleHeight,
  };
  if (dispatch({ kind: "add-frame", id, frame })) selectFrame(id);
}

/** Removes the wires of the chosen nodes. */
export function disconnectSelection(): void {
  const { nodes } = selectionStore.getState();
  const commands = sceneStore
    .getState()
    .scene.wires.filter(({ from, to }) => nodes.includes(from.node) || nodes.includes(to.node))
    .map(({ from, to }): EditCommand => ({ kind: "disconnect", to, from }));
  dispatchAll(commands, canvasStrings.disconnectAll);
}
