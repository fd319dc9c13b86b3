import type { MenuItem } from "../parts/menu.js";
import { readKeys } from "./keys.js";

/** Under what the map of keys lists an action. */
export type ActionGroup = "file" | "edit" | "canvas" | "node" | "run" | "view";

/** Something that can be done: by keys, from menus and from the list of all actions. */
export interface Action {
  readonly id: string;
  readonly label: string;
  readonly group: ActionGroup;
  /** Such as "Mod+Shift+Z": Mod is Ctrl, and Command on a Mac. The first one is shown. */
  readonly keys?: readonly string[];
  /** Its keys work only while the canvas has the focus, or nothing has. */
  readonly isCanvas?: boolean;
  /** Its keys reach it by an event of the browser's own, such as that of copying. */
  readonly isNative?: boolean;
  readonly isEnabled?: () => boolean;
  readonly run: () => void;
}

const actions = new Map<string, Action>();

/** Adds actions; one with the same id takes the place of the earlier one. */
export function addActions(added: readonly Action[]): void {
  for (const action of added) actions.set(action.id, action);
}

/** All actions, in the order in which they were added. */
export const allActions = (): readonly Action[] => [...actions.values()];

/** Does what an action does, if it can be done now. */
export function runAction(id: string): void {
  const action = actions.get(id);
  if (action !== undefined && action.isEnabled?.() !== false) action.run();
}

/** The keys of an action as people read them. */
export function keysOf(id: string): string | undefined {
  const [first] = actions.get(id)?.keys ?? [];
  return first === undefined ? undefined : readKeys(first);
}

/** Actions as lines of a menu; `-` stands for a line between. Actions that are not there are left out. */
export function menuItems(ids: readonly string[]): readonly MenuItem[] {
  const items: MenuItem[] = [];
  let separated = false;
  for (const id of ids) {
    const action = actions.get(id);
    if (id === "-") separated = items.length > 0;
    if (action === undefined) continue;
    items.push({
      id,
      label: action.label,
      keys: keysOf(id),
      disabled: action.isEnabled?.() === false,
      separated,
      run: action.run,
    });
    separated = false;
  }
  return items;
}
