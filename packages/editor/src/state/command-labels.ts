import type { EditCommand } from "@diopter/engine/editing";
import { parameterTitle } from "../controls/parameter-title.js";
import { documentStrings as words } from "../strings/documents.js";

/** What a command does, for people: what the menu of undo says. */
export function labelOf(command: EditCommand): string {
  switch (command.kind) {
    case "add-nodes":
      return words.addNodes(Object.keys(command.nodes).length);
    case "remove-nodes":
      return words.removeNodes(command.ids.length);
    case "rename-node":
      return words.renameNode(command.to);
    case "set-title":
      return words.setTitle;
    case "set-mode":
      return modeLabel(command.mode, command.ids.length);
    case "replace-node":
      return words.replaceNode(command.type);
    case "set-parameter":
      return words.setParameter(parameterTitle(command.name, undefined));
    case "reset-parameter":
      return words.resetParameter(parameterTitle(command.name, undefined));
    case "connect":
      return words.connect;
    case "disconnect":
      return words.disconnect;
    case "insert-on-wire":
      return words.insertOnWire;
    case "expose":
      return words.expose(command.as);
    case "unexpose":
      return words.unexpose(command.as);
    default:
      return viewLabel(command);
  }
}

function modeLabel(mode: "muted" | "bypassed" | null, count: number): string {
  if (mode === "muted") return words.mute(count);
  return mode === "bypassed" ? words.bypass(count) : words.wake(count);
}

function viewLabel(command: EditCommand): string {
  switch (command.kind) {
    case "move-nodes":
      return words.moveNodes(Object.keys(command.positions).length);
    case "add-frame":
      return words.addFrame;
    case "update-frame":
      return words.updateFrame;
    case "remove-frame":
      return words.removeFrame;
    case "set-reroutes":
      return words.setReroutes;
    case "set-collapsed":
      return command.collapsed ? words.collapse : words.expand;
    case "set-sizes":
      return words.resize;
    case "set-document":
      return words.setDocument;
    case "patch":
      return command.label;
    default:
      return words.replaceDocument;
  }
}
