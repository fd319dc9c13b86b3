import { describe, expect, test } from "vitest";
import { after, refusalOf, registry, wiresIn } from "./commands.test-support.js";
import {
  applyCommand,
  type EditCommand,
  type FilledDocument,
  History,
  historyEntry,
} from "./index.js";

class Desk {
  document: FilledDocument = after();
  readonly history = new History();

  do(command: EditCommand, key?: string): void {
    const applied = applyCommand(this.document, command, registry);
    this.document = applied.document;
    this.history.push(historyEntry(command, applied, { label: command.kind, key }));
  }

  /** Somebody else's edit. */
  other(command: EditCommand): void {
    this.document = applyCommand(this.document, command, registry).document;
  }

  undo(): void {
    const command = this.history.undo(this.document);
    if (command === undefined) return;
    const applied = applyCommand(this.document, command, registry);
    this.document = applied.document;
    this.history.undone(applied);
  }

  redo(): void {
    const command = this.history.redo(this.document);
    if (command === undefined) return;
    const applied = applyCommand(this.document, command, registry);
    this.document = applied.document;
    this.history.redone(applied);
  }
}

const move = (x: number): EditCommand => ({ kind: "move-nodes", positions: { a: [x, 0] } });
const type = (value: number): EditCommand => ({
  kind: "set-parameter",
  node: "soft",
  name: "amount",
  value,
});
const add: EditCommand = { kind: "add-nodes", nodes: { n: { type: "image/blur", version: 3 } } };

describe("coalescing", () => {
  test("a drag is one step, whatever the number of its moves", () => {
    const desk = new Desk();
    for (const x of [1, 2, 3]) desk.do(move(x), "drag");
    desk.history.seal();
    desk.do(move(9), "drag");
    desk.undo();
    expect(desk.document.view.positions.a).toEqual([3, 0]);
    desk.undo();
    expect(desk.document.view.positions.a).toEqual([0, 0]);
    expect(desk.history.canUndo).toBe(false);
    desk.redo();
    expect(desk.document.view.positions.a).toEqual([3, 0]);
  });

  test("typing in a field that was empty is one step too", () => {
    const desk = new Desk();
    for (const value of [0.1, 0.12, 0.125]) desk.do(type(value), "soft.amount");
    desk.undo();
    expect(desk.document.nodes.soft?.params).toEqual({});
    desk.redo();
    expect(desk.document.nodes.soft?.params).toEqual({ amount: 0.125 });
  });

  test("what changes nothing is no step, and a new step forgets what was undone", () => {
    const desk = new Desk();
    desk.do({ kind: "remove-nodes", ids: ["gone"] });
    expect(desk.history.canUndo).toBe(false);
    desk.do(add);
    desk.undo();
    expect(desk.history.redoLabel).toBe("add-nodes");
    desk.do(move(1));
    expect(desk.history.canRedo).toBe(false);
  });
});

describe("undo beside others' edits", () => {
  test("takes back one's own parameter and leaves theirs", () => {
    const desk = new Desk();
    desk.do(type(0.2));
    desk.other({ kind: "set-parameter", node: "soft", name: "seed", value: 7 });
    desk.undo();
    expect(desk.document.nodes.soft?.params).toEqual({ seed: 7 });
  });

  test("leaves a value that somebody else has set since, and says so", () => {
    const desk = new Desk();
    desk.do(type(0.2));
    desk.other(type(0.7));
    expect(refusalOf(() => desk.undo())).toBe("document/edit-conflict");
    expect(desk.document.nodes.soft?.params).toEqual({ amount: 0.7 });
    // Set to the same again, it is one's own to take back.
    desk.other(type(0.2));
    desk.undo();
    desk.other(type(0.7));
    expect(refusalOf(() => desk.redo())).toBe("document/edit-conflict");
  });

  test("takes back one's own wire from an input that others have wired too", () => {
    const desk = new Desk();
    const to = { node: "both", input: "images" };
    desk.do({ kind: "connect", from: { node: "a", output: "image" }, to });
    desk.other(add);
    desk.other({ kind: "connect", from: { node: "n", output: "image" }, to });
    desk.undo();
    const ends = () => wiresIn(desk.document).filter((wire) => wire.endsWith("both.images"));
    const others = ["soft.image > both.images", "b.image > both.images", "n.image > both.images"];
    expect(ends()).toEqual(others);
    desk.redo();
    expect(ends()).toEqual(others.toSpliced(2, 0, "a.image > both.images"));
  });

  test("gives a node its old name and keeps what others have made of it since", () => {
    const desk = new Desk();
    desk.do({ kind: "rename-node", from: "soft", to: "blur" });
    desk.other({ kind: "set-parameter", node: "blur", name: "seed", value: 7 });
    desk.other(add);
    const to = { node: "n", input: "image" };
    desk.other({ kind: "connect", from: { node: "blur", output: "image" }, to });
    desk.undo();
    expect(desk.document.nodes.soft?.params).toEqual({ seed: 7 });
    expect(wiresIn(desk.document)).toContain("soft.image > n.image");
    desk.redo();
    expect(desk.document.nodes.blur?.params).toEqual({ seed: 7 });
  });

  test("brings a frame back over one that took its place in the same step", () => {
    const desk = new Desk();
    const frame = { title: "", colour: "teal", x: 0, y: 0, width: 9, height: 9 };
    desk.do({ kind: "add-frame", id: "f", frame });
    const before = desk.document;
    desk.history.seal();
    desk.do({ kind: "remove-frame", id: "f" }, "group");
    desk.do({ kind: "add-frame", id: "f", frame: { ...frame, title: "Other" } }, "group");
    desk.undo();
    expect(desk.document).toEqual(before);
  });

  test("takes a frame back whose title was typed in the same step, and with what others made of it", () => {
    const desk = new Desk();
    const before = desk.document;
    const frame = { title: "", colour: "teal", x: 0, y: 0, width: 9, height: 9 };
    const title = (text: string) =>
      ({ kind: "update-frame", id: "f", changes: { title: text } }) as const;
    desk.do({ kind: "add-frame", id: "f", frame }, "group");
    desk.do(title("Mine"), "group");
    desk.undo();
    expect(desk.document).toEqual(before);
    desk.redo();
    desk.other(title("Theirs"));
    desk.undo();
    expect(desk.document).toEqual(before);
  });

  test("does not take a replacement for a renaming that looks like one", () => {
    const desk = new Desk();
    const one = (id: string, name: string): EditCommand => ({
      kind: "replace-document",
      content: { diopter: 1, name, nodes: { [id]: { type: "image/load", version: 1 } } },
    });
    desk.do(one("a", "First"));
    const before = desk.document;
    desk.do(one("b", "Second"));
    desk.undo();
    expect(desk.document).toEqual(before);
  });

  test("takes a whole replacement back and keeps what others have added since", () => {
    const desk = new Desk();
    const content = { diopter: 1 as const, name: "Other", nodes: {} };
    desk.do({ kind: "replace-document", content });
    desk.other(add);
    desk.undo();
    const { nodes } = after(add);
    expect(desk.document.nodes).toEqual(nodes);
    expect(desk.document.name).toBe("Example");
  });

  test("drops the wires that others have drawn to what goes", () => {
    const desk = new Desk();
    desk.do(add);
    const from = { node: "n", output: "image" };
    desk.other({ kind: "connect", from, to: { node: "both", input: "images" } });
    desk.other({ kind: "expose", node: "n", name: "amount", as: "other" });
    desk.undo();
    expect(desk.document).toEqual(after());
    desk.redo();
    expect(wiresIn(desk.document)).toContain("n.image > both.images");
  });

  test("refuses to bring back a node over one that has its name now", () => {
    const desk = new Desk();
    desk.do({ kind: "remove-nodes", ids: ["b"] });
    desk.other({ kind: "rename-node", from: "a", to: "b" });
    expect(refusalOf(() => desk.undo())).toBe("document/edit-conflict");
  });

  test("refuses to change what is gone, and to close a circle", () => {
    const gone = new Desk();
    gone.do(type(0.2));
    gone.do(type(0.3));
    gone.other({ kind: "remove-nodes", ids: ["soft"] });
    expect(refusalOf(() => gone.undo())).toBe("document/edit-conflict");
    const circle = new Desk();
    circle.do(add);
    circle.do({ kind: "disconnect", to: { node: "both", input: "images" } });
    const both = { node: "both", output: "image" };
    circle.other({ kind: "disconnect", to: { node: "soft", input: "image" } });
    circle.other({ kind: "connect", from: both, to: { node: "soft", input: "image" } });
    expect(refusalOf(() => circle.undo())).toMatch("document/cycle");
  });

  test("refuses patches that would break the form", () => {
    const patch = (path: string[], value?: unknown): EditCommand => ({
      kind: "patch",
      patches: [{ op: "replace", path, value }],
      label: "",
    });
    const refused = (command: EditCommand) =>
      refusalOf(() => applyCommand(after(), command, registry));
    expect(refused(patch(["nodes", "a", "params"]))).toBe("document/edit-conflict");
    expect(refused(patch(["view", "positions"], { a: "here" }))).toBe("document/edit-conflict");
    expect(refused(patch(["nodes", "constructor", "type"], "x"))).toBe("document/edit-conflict");
    expect(refused(patch([], 3))).toBe("document/edit-conflict");
    expect(refused(patch(["__proto__", "polluted"], true))).toBe("document/edit-conflict");
    expect({}).not.toHaveProperty("polluted");
  });
});
