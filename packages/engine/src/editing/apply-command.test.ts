import { describe, expect, test } from "vitest";
import { after, example, refusalOf, registry, wiresIn } from "./commands.test-support.js";
import { applyCommand, type EditCommand, readCommand, trimDocument } from "./index.js";

const refused = (command: EditCommand, ...before: EditCommand[]) =>
  refusalOf(() => applyCommand(after(...before), command, registry));

describe("nodes", () => {
  test("are added where they were put, wired as they say", () => {
    const nodes = { more: { type: "image/blur", version: 3, inputs: { image: wire("a") } } };
    const document = after({ kind: "add-nodes", nodes, positions: { more: [5, 6] } });
    expect(wiresIn(document)).toContain("a.image > more.image");
    expect(document.view.positions.more).toEqual([5, 6]);
  });

  test("are refused under a name that is taken, with wires that do not fit, or in a circle", () => {
    const add = (id: string, inputs: Record<string, [string, string]>): EditCommand => ({
      kind: "add-nodes",
      nodes: { [id]: { type: "image/blur", version: 3, inputs } },
    });
    expect(refused(add("a", {}))).toBe("document/name-taken a");
    expect(refused(add("n", { image: wire("x") }))).toBe("document/dangling-wire n image");
    expect(refused(add("n", { image: ["soft", "radius"] }))).toMatch("document/type-mismatch n");
    expect(refused(add("n", { hat: wire("a") }))).toBe("document/unknown-port n hat");
    expect(refused(add("n", { image: wire("n") }))).toBe("document/cycle n");
  });

  test("go with their wires, public names and places", () => {
    const document = after({ kind: "remove-nodes", ids: ["soft", "b", "gone already"] });
    expect(wiresIn(document)).toEqual(["a.image > odd.in"]);
    expect(document.interface).toEqual({});
    expect(document.view).toEqual({ ...document.view, positions: { a: [0, 0] }, reroutes: {} });
  });

  test("take everything along when they are renamed", () => {
    const document = after(
      { kind: "rename-node", from: "a", to: "photo" },
      { kind: "rename-node", from: "soft", to: "blur" },
      { kind: "rename-node", from: "b", to: "other" },
    );
    expect(wiresIn(document).sort()).toEqual([
      "blur.image > both.images",
      "other.image > both.images",
      "photo.image > blur.image",
      "photo.image > odd.in",
    ]);
    expect(document.nodes.both?.params.over).toBe("photo");
    expect(document.interface).toEqual({ amount: "blur.amount" });
    expect(document.view.reroutes).toEqual({
      "blur.image": [[100, 50]],
      "both.images.other.image": [[1, 2]],
    });
    expect(refused({ kind: "rename-node", from: "a", to: "b" })).toBe("document/name-taken b");
    expect(refused({ kind: "rename-node", from: "x", to: "y" })).toBe("document/unknown-node x");
  });

  test("keep what fits when another type takes their place", () => {
    const document = after(
      { kind: "set-parameter", node: "soft", name: "note", value: "x" },
      { kind: "replace-node", id: "soft", type: "image/stack" },
    );
    expect(document.nodes.soft).toMatchObject({ type: "image/stack", version: 1, params: {} });
    expect(wiresIn(document)).toContain("a.image > soft.images");
    expect(wiresIn(document)).toContain("soft.image > both.images");
    expect(document.interface).toEqual({});
    const unknown = { kind: "replace-node" as const, id: "soft", type: "no/such" };
    expect(refused(unknown)).toBe("document/unknown-node soft");
  });

  test("are muted, bypassed, woken and titled", () => {
    const document = after(
      { kind: "set-mode", ids: ["a", "b", "gone"], mode: "muted" },
      { kind: "set-mode", ids: ["a"], mode: null },
      { kind: "set-title", id: "a", title: "Photo" },
    );
    expect(document.nodes.a).toEqual({ ...after().nodes.a, title: "Photo" });
    expect(document.nodes.b?.mode).toBe("muted");
  });
});

const wire = (source: string): [string, string] => [source, "image"];
const end = (node: string, input = "image") => ({ node, input });
const image = (node: string) => ({ node, output: "image" });

describe("wires", () => {
  test("replace the one that is there only when told to", () => {
    const connect = { kind: "connect" as const, from: image("b"), to: end("soft") };
    expect(refused(connect)).toBe("document/occupied-input soft image");
    const document = after({ ...connect, replace: true });
    expect(wiresIn(document)).toContain("b.image > soft.image");
    expect(document.view.reroutes).not.toHaveProperty("soft.image");
  });

  test("may turn round in one step, where the old wire alone would close the circle", () => {
    const stack = { type: "image/blur", version: 3 };
    const chain: EditCommand[] = [
      {
        kind: "add-nodes",
        nodes: { one: stack, two: { ...stack, inputs: { image: wire("one") } } },
      },
    ];
    const back: EditCommand = { kind: "connect", from: image("two"), to: end("one") };
    expect(refused(back, ...chain)).toBe("document/cycle one image");
  });

  test("are collected in order by a list input, and taken away one by one", () => {
    const document = after(
      { kind: "connect", from: image("a"), to: end("both", "images") },
      { kind: "disconnect", to: end("both", "images"), from: image("b") },
    );
    expect(document.nodes.both?.inputs.images).toEqual([wire("soft"), wire("a")]);
    expect(document.view.reroutes).toEqual({ "soft.image": [[100, 50]] });
  });

  test("take a node in between, in the place where they were", () => {
    const document = after(
      { kind: "add-nodes", nodes: { n: { type: "image/blur", version: 3 } } },
      {
        kind: "insert-on-wire",
        node: "n",
        input: "image",
        output: "image",
        wire: { from: image("soft"), to: end("both", "images") },
      },
    );
    expect(document.nodes.both?.inputs.images).toEqual([wire("n"), wire("b")]);
    expect(document.nodes.n?.inputs).toEqual({ image: wire("soft") });
  });

  test("refuse a node in between that does not fit, or where the wire is gone", () => {
    const insert = (node: string, from: string): EditCommand => ({
      kind: "insert-on-wire",
      node,
      input: "image",
      output: "image",
      wire: { from: image(from), to: end("both", "images") },
    });
    expect(refused(insert("b", "soft"))).toMatch("document/unknown-port");
    expect(refused(insert("soft", "a"))).toBe("document/dangling-wire both images");
  });
});

test("nodes are moved together with the points of their wires", () => {
  const { view } = after({
    kind: "move-nodes",
    positions: { a: [7, 8], gone: [1, 1] },
    reroutes: { "soft.image": [[3, 4]], "both.images.b.image": [], "gone.image": [[1, 1]] },
  });
  expect(view.positions).toEqual({ a: [7, 8], soft: [200, 0] });
  expect(view.reroutes).toEqual({ "soft.image": [[3, 4]] });
});

describe("parameters", () => {
  test("are set within their range, reset and made public", () => {
    const set = (name: string, value: number): EditCommand => ({
      kind: "set-parameter",
      node: "soft",
      name,
      value,
    });
    expect(refused(set("amount", 2))).toBe("document/invalid-parameter soft amount");
    expect(refused(set("amout", 1))).toBe("document/unknown-parameter soft amout");
    const expose = { kind: "expose" as const, node: "soft", name: "window", as: "size" };
    const document = after(
      set("amount", 1),
      set("window", 5),
      { kind: "reset-parameter", node: "soft", name: "amount" },
      expose,
      { kind: "unexpose", as: "amount" },
    );
    expect(document.nodes.soft?.params).toEqual({ window: 5 });
    expect(document.interface).toEqual({ size: "soft.window" });
    expect(refused({ ...expose, as: "amount" })).toBe("document/name-taken soft window");
  });

  test("of unknown types are taken as they come", () => {
    const document = after({ kind: "set-parameter", node: "odd", name: "y", value: true });
    expect(document.nodes.odd?.params).toEqual({ x: 1, y: true });
  });
});

test("the whole document is replaced, and unknown fields of the view are kept", () => {
  const content = { diopter: 1 as const, name: "Other", nodes: {} };
  const document = after({ kind: "replace-document", content });
  expect(trimDocument(document)).toEqual(content);
  expect(after().view).toHaveProperty("later", { editor: true });
});

test("what is no command is refused with the place", () => {
  const kinds = () => readCommand({ kind: "fly" });
  expect(refusalOf(kinds)).toBe("document/invalid");
  const id = () => readCommand({ kind: "rename-node", from: "a", to: "__proto__" });
  expect(id).toThrow(/at to: a name/);
});

test("a document shares what a command has not changed, and is never written to", () => {
  const before = after();
  const { document } = applyCommand(before, { kind: "set-title", id: "a", title: "A" }, registry);
  expect(document.nodes.both).toBe(before.nodes.both);
  expect(Object.isFrozen(document.nodes)).toBe(true);
  expect(example.nodes.a).toEqual({ type: "image/load", version: 1 });
});
