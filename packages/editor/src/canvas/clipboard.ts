import {
  clippingText,
  copyNodes,
  DiopterError,
  type Point,
  pasteNodes,
  readClipping,
} from "@diopter/engine/editing";
import { currentRegistry } from "../state/descriptors.js";
import { dispatch, documentStore } from "../state/documents.js";
import { announce, notify } from "../state/notices.js";
import { selectionStore, selectNodes } from "../state/selection.js";
import { canvasStrings } from "../strings/canvas.js";
import { interactionStore } from "./interaction.js";
import { middleOfView } from "./view-commands.js";

/** The chosen nodes as text: JSON that other windows, and text editors, take. */
export function selectionText(): string | undefined {
  const { nodes } = selectionStore.getState();
  if (nodes.length === 0) return undefined;
  return clippingText(copyNodes(documentStore.getState().document, nodes));
}

/** Copies the chosen nodes through the clipboard's interface, as a menu does. */
export async function copySelection(): Promise<void> {
  const text = selectionText();
  if (text === undefined) {
    notify("info", canvasStrings.nothingSelected);
    return;
  }
  await navigator.clipboard.writeText(text);
  announce(canvasStrings.copied(selectionStore.getState().nodes.length));
}

/** Pastes nodes from text, around the middle of the view or at a place. */
export function pasteText(text: string, at?: Point): void {
  try {
    const { document } = documentStore.getState();
    const [x, y] = at ?? middleOfView();
    const place: Point = [Math.round(x - 120), Math.round(y - 80)];
    const { command, ids } = pasteNodes(document, readClipping(text), {
      at: place,
      keepOuterWires: currentRegistry(),
    });
    if (!dispatch(command)) return;
    const pasted = Object.values(ids);
    selectNodes(pasted);
    interactionStore.setState({ focused: pasted[0] });
    announce(canvasStrings.pasted(pasted.length));
  } catch (reason) {
    if (!DiopterError.is(reason)) throw reason;
    notify("warning", reason.message, { remedy: reason.remedy });
  }
}

/** Pastes what the clipboard holds, as a menu does. */
export async function pasteClipboard(at?: Point): Promise<void> {
  pasteText(await navigator.clipboard.readText(), at);
}

/** Copies of the chosen nodes beside them, fed by the same wires. */
export function duplicateSelection(): void {
  const { document } = documentStore.getState();
  const { nodes } = selectionStore.getState();
  if (nodes.length === 0) return;
  const { command, ids } = pasteNodes(document, copyNodes(document, nodes), {
    offset: [32, 32],
    keepOuterWires: currentRegistry(),
  });
  if (!dispatch(command, { label: canvasStrings.dragDuplicate })) return;
  const copies = Object.values(ids);
  selectNodes(copies);
  interactionStore.setState({ focused: copies[0] });
}

/** Takes the browser's own copy, cut and paste over while the canvas has the focus. */
export function listenToClipboard(remove: () => void): () => void {
  const isOurs = (event: Event) => {
    const { target } = event;
    const isField =
      target instanceof HTMLElement && target.matches("input,textarea,[contenteditable]");
    const isText = (window.getSelection()?.toString() ?? "") !== "";
    return !isField && !isText && document.querySelector("dialog[open]") === null;
  };
  const copy = (event: ClipboardEvent) => {
    const text = isOurs(event) ? selectionText() : undefined;
    if (text === undefined) return;
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    announce(canvasStrings.copied(selectionStore.getState().nodes.length));
    if (event.type === "cut") remove();
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!isOurs(event) || text === "") return;
    event.preventDefault();
    pasteText(text);
  };
  document.addEventListener("copy", copy);
  document.addEventListener("cut", copy);
  document.addEventListener("paste", paste);
  return () => {
    document.removeEventListener("copy", copy);
    document.removeEventListener("cut", copy);
    document.removeEventListener("paste", paste);
  };
}
