import { type RefObject, useEffect, useState } from "react";
import { Menu, type MenuItem } from "../parts/menu.js";
import { menuItems } from "../shortcuts/registry.js";
import { dispatch } from "../state/documents.js";
import { selectFrame, selectionStore, selectNodes, selectWire } from "../state/selection.js";
import { actionStrings } from "../strings/actions.js";
import { frameColours } from "./frame-colours.js";
import { interactionStore } from "./interaction.js";
import { nodeElementId } from "./pressed.js";
import { nodeAt, wireAt } from "./scene-hits.js";
import { toCanvas, viewportStore } from "./viewport.js";

interface OpenedMenu {
  readonly at: readonly [number, number];
  readonly items: readonly MenuItem[];
}

const nodeActions = [
  "run.toNode",
  "node.openPicture",
  "node.openWorkflow",
  "-",
  "node.replace",
  "node.rename",
  "node.bypass",
  "node.mute",
  "node.collapse",
  "canvas.usualWidth",
  "-",
  "edit.copy",
  "edit.duplicate",
  "edit.delete",
  "-",
  "canvas.frame",
  "canvas.arrange",
];
const severalActions = [
  "run.toNode",
  "-",
  "node.bypass",
  "node.mute",
  "node.collapse",
  "-",
  "edit.copy",
  "edit.duplicate",
  "edit.delete",
  "-",
  "canvas.frame",
  "canvas.arrange",
  "canvas.alignLeft",
  "canvas.alignCentre",
  "canvas.alignRight",
  "canvas.alignTop",
  "canvas.alignMiddle",
  "canvas.alignBottom",
  "canvas.distributeX",
  "canvas.distributeY",
];
const wireActions = ["wire.insert", "wire.reroute", "wire.straighten", "-", "edit.delete"];
const canvasActions = [
  "canvas.add",
  "edit.paste",
  "edit.selectAll",
  "-",
  "canvas.arrange",
  "canvas.frame",
  "canvas.fit",
];

/** The menu of the right button, of a long press, and of the menu key. */
export function CanvasMenu({ container }: { readonly container: RefObject<HTMLElement | null> }) {
  const [opened, setOpened] = useState<OpenedMenu>();
  useEffect(() => {
    const element = container.current;
    if (element === null) return undefined;
    const open = (event: MouseEvent) => {
      event.preventDefault();
      setOpened({ at: [event.clientX, event.clientY], items: itemsFor(event, element) });
    };
    element.addEventListener("contextmenu", open);
    return () => element.removeEventListener("contextmenu", open);
  }, [container]);
  if (opened === undefined) return null;
  return (
    <Menu
      label={actionStrings.menu}
      at={opened.at}
      items={opened.items}
      onClose={() => setOpened(undefined)}
    />
  );
}

function itemsFor(event: MouseEvent, container: HTMLElement): readonly MenuItem[] {
  const { left, top } = container.getBoundingClientRect();
  const at = toCanvas(viewportStore.getState(), [event.clientX - left, event.clientY - top]);
  interactionStore.setState({ pointer: at });
  const frame =
    event.target instanceof Element
      ? event.target.closest<HTMLElement>("[data-frame]")?.dataset.frame
      : undefined;
  if (frame !== undefined) return frameItems(frame);
  const node = nodeElementId(event.target) ?? nodeAt(at);
  if (node !== undefined) {
    if (!selectionStore.getState().nodes.includes(node)) selectNodes([node]);
    interactionStore.setState({ focused: node });
    const isSeveral = selectionStore.getState().nodes.length > 1;
    return menuItems(isSeveral ? severalActions : nodeActions);
  }
  const wire = wireAt(at)?.wire;
  if (wire === undefined) return menuItems(canvasActions);
  selectWire({ node: wire.to.node, input: wire.to.input, index: wire.index });
  return menuItems(wireActions);
}

function frameItems(id: string): readonly MenuItem[] {
  selectFrame(id);
  const colours = Object.entries(frameColours).map(([name, colour]) => ({
    id: name,
    label: actionStrings.colour(name),
    icon: <span className="swatch" style={{ "--socket": colour }} />,
    run: () => void dispatch({ kind: "update-frame", id, changes: { colour: name } }),
  }));
  return [...colours, ...menuItems(["-", "edit.delete"])];
}
