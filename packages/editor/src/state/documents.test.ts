import { portRegistry } from "@diopter/engine/editing";
import { beforeEach, expect, it } from "vitest";
import { descriptorsStore } from "./descriptors.js";
import {
  dispatch,
  dispatchAll,
  documentStore,
  forgetEdit,
  openDocument,
  pendingEdits,
  receiveChange,
  redo,
  refuseEdit,
  resetDocument,
  sendEditsWith,
  undo,
} from "./documents.js";
import { noticesStore } from "./notices.js";

const sent: { edit: string; kind: string }[] = [];

beforeEach(() => {
  sent.length = 0;
  noticesStore.setState(noticesStore.getInitialState(), true);
  descriptorsStore.setState({ registry: portRegistry([]), hash: "", isLoaded: true });
  sendEditsWith((_, edit, { kind }) => sent.push({ edit, kind }));
  openDocument({ diopter: 1, name: "Test", nodes: {} }, { id: "test", revision: 3 });
});

const add = (id: string) => ({
  kind: "add-nodes" as const,
  nodes: { [id]: { type: "image/load", version: 1 } },
});
const ids = () => Object.keys(documentStore.getState().document.nodes);

it("edits at once, sends the edit, and counts it as pending until it is confirmed", () => {
  expect(dispatch(add("one"))).toBe(true);
  expect(ids()).toEqual(["one"]);
  expect(sent).toMatchObject([{ kind: "add-nodes" }]);
  expect(documentStore.getState().pending).toBe(1);
  const edit = sent[0]?.edit ?? "";
  expect(receiveChange({ revision: 4, edit, command: add("one") })).toBe("applied");
  expect(documentStore.getState().pending).toBe(0);
  expect(receiveChange({ revision: 9, edit: "other", command: add("far") })).toBe("gap");
});

it("says why an edit is refused, here and by the server, and takes it back", () => {
  dispatch(add("one"));
  expect(dispatch(add("one"))).toBe(false);
  expect(noticesStore.getState().notices[0]?.message).toContain("one");
  refuseEdit(sent[0]?.edit ?? "", "Too late.", "Look again.");
  expect(ids()).toEqual([]);
  expect(noticesStore.getState().notices.at(-1)).toMatchObject({ message: "Too late." });
});

it("takes a group back in one step, and does it again", () => {
  dispatchAll([add("one"), add("two")], "Two nodes");
  expect(documentStore.getState().undoLabel).toBe("Two nodes");
  expect(undo()).toBe("Two nodes");
  expect(ids()).toEqual([]);
  expect(redo()).toBe("Two nodes");
  expect(ids().sort()).toEqual(["one", "two"]);
  expect(redo()).toBeUndefined();
});

it("sends again, after a lost connection, only what did not arrive", () => {
  dispatch(add("arrived"));
  dispatch(add("lost"));
  forgetEdit(sent[0]?.edit ?? "");
  const content = { diopter: 1 as const, name: "Test", nodes: add("arrived").nodes };
  const again = resetDocument(content, 7, true);
  expect(again.map(({ edit }) => edit)).toEqual([sent[1]?.edit]);
  expect(ids().sort()).toEqual(["arrived", "lost"]);
});

it("keeps the history where a draft is saved, and forgets it with another document", () => {
  dispatch(add("one"));
  const { document } = documentStore.getState();
  openDocument(document, { id: "saved", keepsHistory: true });
  expect(undo()).toBeDefined();
  dispatch(add("two"));
  openDocument({ diopter: 1, name: "Other", nodes: {} });
  expect(undo()).toBeUndefined();
  expect(pendingEdits()).toEqual([]);
});
