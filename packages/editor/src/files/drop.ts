import { applyChoice } from "../canvas/search/add-node.js";
import { toCanvas, viewportStore } from "../canvas/viewport.js";
import { descriptorsStore } from "../state/descriptors.js";
import { takeFiles } from "./import.js";

/** The kind of data under which the list of nodes hands a node type over. */
const nodeKind = "text/x-diopter-node";

/** Takes in what is dropped on the window: files, and node types from the list. */
export function listenForDrops(): () => void {
  const over = (event: DragEvent) => {
    const kinds = event.dataTransfer?.types ?? [];
    if (!kinds.includes("Files") && !kinds.includes(nodeKind)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  };
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) document.body.classList.remove("dropping");
  };
  const drop = (event: DragEvent) => {
    document.body.classList.remove("dropping");
    const { dataTransfer } = event;
    // A control that took the file, such as a file parameter, has said so.
    if (dataTransfer === null || event.defaultPrevented) return;
    event.preventDefault();
    const at = placeOf(event);
    const type = dataTransfer.getData(nodeKind);
    const descriptor = descriptorsStore.getState().registry[type];
    if (descriptor !== undefined) applyChoice(descriptor, { at });
    else if (dataTransfer.files.length > 0) void takeFiles([...dataTransfer.files], at);
  };
  window.addEventListener("dragover", over);
  window.addEventListener("dragleave", leave);
  window.addEventListener("drop", drop);
  return () => {
    window.removeEventListener("dragover", over);
    window.removeEventListener("dragleave", leave);
    window.removeEventListener("drop", drop);
  };
}

function placeOf(event: DragEvent) {
  const box = document.querySelector(".canvas")?.getBoundingClientRect();
  const { left = 0, top = 0 } = box ?? {};
  return toCanvas(viewportStore.getState(), [event.clientX - left, event.clientY - top]);
}
