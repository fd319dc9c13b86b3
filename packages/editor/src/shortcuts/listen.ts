import { matchesKeys } from "./keys.js";
import { type Action, allActions } from "./registry.js";

/** Runs actions by their keys, wherever the focus is. */
export function listenForKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const action = allActions().find((one) => isMeant(one, event));
    if (action === undefined) return;
    event.preventDefault();
    action.run();
  };
  window.addEventListener("keydown", onKeyDown);
  return () => window.removeEventListener("keydown", onKeyDown);
}

function isMeant(action: Action, event: KeyboardEvent): boolean {
  const { keys = [], isCanvas = false, isNative = false, isEnabled } = action;
  if (isNative || !keys.some((one) => matchesKeys(event, one))) return false;
  if (document.querySelector("dialog[open]") !== null) return false;
  if (isTyping(event) && (isCanvas || isEditingKey(event))) return false;
  if (isCanvas && !isCanvasFocused()) return false;
  return isEnabled?.() !== false;
}

const isCanvasFocused = (): boolean => {
  const { activeElement } = document;
  return (
    activeElement === null ||
    activeElement === document.body ||
    (activeElement.closest(".canvas") !== null &&
      activeElement.closest(".menu,.over-canvas") === null)
  );
};

function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input,textarea,select");
}

/** Keys that mean something in a field: letters, and what undoes, copies and pastes text there. */
function isEditingKey({ key, ctrlKey, metaKey, target }: KeyboardEvent): boolean {
  if (key === "Escape" || /^F\d+$/.test(key)) return false;
  if (!(ctrlKey || metaKey)) return true;
  return holdsText(target) && ("zyxcva".includes(key.toLowerCase()) || key.startsWith("Arrow"));
}

/**
 * Sliders, boxes and lists have no text of their own to undo, nor does a number that nobody is
 * typing into: there the workflow's undo is meant.
 */
function holdsText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isOther = target.matches("select,[type=range],[type=radio],[type=checkbox]");
  return !isOther && target.dataset.untouched === undefined;
}
