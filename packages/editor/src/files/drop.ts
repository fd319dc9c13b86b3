import { applyChoice } from "../canvas/search/add-node.js";
import { toCanvas, viewportStore } from "../canvas/viewport.js";
import { descriptorsStore } from "../state/descriptors.js";
import { documentStore } from "../state/documents.js";
import { pictureParameter } from "./bundle.js";
import { replacePicture, takeFiles } from "./import.js";

/** The kind of data under which the list of nodes hands a node type over. */
const nodeKind = "text/x-diopter-node";

/** Takes in what is dropped on the window: files, and node types from the list. */
export function listenForDrops(): () => void {
  let marked: Element | undefined;
  const mark = (taker: Taker | undefined) => {
    if (marked === taker?.element) return;
    marked?.classList.remove("drop-target");
    marked = taker?.element;
    marked?.classList.add("drop-target");
  };
  const end = () => {
    document.body.classList.remove("dropping");
    mark(undefined);
  };
  const over = (event: DragEvent) => {
    const kinds = event.dataTransfer?.types ?? [];
    if (!kinds.includes("Files") && !kinds.includes(nodeKind)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
    mark(kinds.includes("Files") ? takerAt(event) : undefined);
  };
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) end();
  };
  const drop = (event: DragEvent) => {
    end();
    const { dataTransfer } = event;
    // A control that took the file, such as a file parameter, has said so.
    if (dataTransfer === null || event.defaultPrevented) return;
    event.preventDefault();
    const at = placeOf(event);
    const type = dataTransfer.getData(nodeKind);
    const descriptor = descriptorsStore.getState().registry[type];
    if (descriptor !== undefined) applyChoice(descriptor, { at });
    else if (dataTransfer.files.length > 0) takeDropped([...dataTransfer.files], event);
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

/** One picture that is dropped on a node that loads one takes the place of what it loads. */
function takeDropped(files: readonly File[], event: DragEvent): void {
  const [file, ...others] = files;
  const taker = takerAt(event);
  if (file?.type.startsWith("image/") && others.length === 0 && taker !== undefined) {
    void replacePicture(file, taker);
  } else void takeFiles(files, placeOf(event));
}

interface Taker {
  readonly element: Element;
  readonly node: string;
  readonly name: string;
}

/** The node beneath, where it has a parameter that names one picture. */
function takerAt({ target }: DragEvent): Taker | undefined {
  const element = target instanceof Element ? target.closest("[data-node]") : null;
  const node = element?.getAttribute("data-node") ?? "";
  const type = documentStore.getState().document.nodes[node]?.type ?? "";
  const name = pictureParameter(descriptorsStore.getState().registry[type]);
  return element === null || name === undefined ? undefined : { element, node, name };
}

function placeOf(event: DragEvent) {
  const box = document.querySelector(".canvas")?.getBoundingClientRect();
  const { left = 0, top = 0 } = box ?? {};
  return toCanvas(viewportStore.getState(), [event.clientX - left, event.clientY - top]);
}
