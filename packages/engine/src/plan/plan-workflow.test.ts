import { describe, expect, test } from "vitest";
import { DiopterError } from "../errors/index.js";
import { from, type Nodes, nodeOf, planOf, stepsOf } from "./example-plan.test-support.js";

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (thrown) {
    if (DiopterError.is(thrown)) return `${thrown.code} ${thrown.node} ${thrown.port}`;
  }
  return undefined;
}

describe("selecting", () => {
  const nodes: Nodes = {
    load: { type: "load" },
    a: { type: "host", inputs: { image: from("load") } },
    b: { type: "host", inputs: { image: from("load") } },
    save: { type: "save", inputs: { image: from("a") } },
  };

  test("takes the side effects and what they need", () => {
    expect(stepsOf(planOf(nodes))).toEqual(["load", "a", "save"]);
  });

  test("takes the targets that are named", () => {
    expect(stepsOf(planOf(nodes, ["b"]))).toEqual(["load", "b"]);
  });

  test("takes the leaves where there is no side effect", () => {
    const { save: _, ...others } = nodes;
    expect(planOf(others).targets).toEqual(["a", "b"]);
  });

  test("leaves alone what is not selected, however broken", () => {
    expect(stepsOf(planOf({ ...nodes, odd: { type: "unheard-of" } }))).toHaveLength(3);
  });
});

describe("muting and bypassing", () => {
  test("drops a muted node, what needs it, and what nobody needs any more", () => {
    const plan = planOf({
      load: { type: "load" },
      other: { type: "load" },
      muted: { type: "host", inputs: { image: from("other") }, mode: "muted" },
      after: { type: "save", inputs: { image: from("muted") } },
      save: { type: "save", inputs: { image: from("load") } },
    });
    expect(stepsOf(plan)).toEqual(["load", "save"]);
    expect(plan.omitted).toEqual([
      { node: "muted", because: "It is muted." },
      { node: "after", because: 'It needs "muted", which does not run.' },
    ]);
  });

  test("leaves an optional input of a muted node unwired", () => {
    const plan = planOf({
      load: { type: "load" },
      muted: { type: "host", inputs: { image: from("load") }, mode: "muted" },
      kept: { type: "host", inputs: { image: from("load"), mask: from("muted", "map") } },
    });
    expect(Object.keys(nodeOf(plan, "kept")?.inputs ?? {})).toEqual(["image"]);
  });

  test("hands the input of the same type through rows of bypassed nodes", () => {
    const plan = planOf({
      load: { type: "load" },
      a: { type: "host", inputs: { image: from("load") }, mode: "bypassed" },
      b: { type: "graph", inputs: { image: from("a") }, mode: "bypassed" },
      save: { type: "save", inputs: { image: from("b") } },
    });
    expect(stepsOf(plan)).toEqual(["load", "save"]);
    expect(nodeOf(plan, "save")?.inputs.image?.[0]).toMatchObject({
      node: "load",
      output: "image",
    });
  });

  test("counts a bypassed node without such an input as muted", () => {
    const plan = planOf({
      load: { type: "load" },
      a: { type: "host", inputs: { image: from("load") }, mode: "bypassed" },
      host: { type: "host", inputs: { image: from("load"), mask: from("a", "map") } },
    });
    expect(Object.keys(nodeOf(plan, "host")?.inputs ?? {})).toEqual(["image"]);
  });

  test("refuses a workflow of which nothing is left", () => {
    const muted: Nodes = { load: { type: "load", mode: "muted" } };
    expect(codeOf(() => planOf(muted))).toMatch("document/no-output");
    expect(codeOf(() => planOf({}))).toMatch("document/no-output");
  });
});

describe("what cannot be planned", () => {
  test.each<[string, Nodes]>([
    ["document/unknown-node odd undefined", { odd: { type: "unheard-of" } }],
    [
      "document/dangling-wire gone undefined",
      { a: { type: "save", inputs: { image: from("gone") } } },
    ],
    [
      "document/unknown-port load pixels",
      { load: { type: "load" }, a: { type: "save", inputs: { image: from("load", "pixels") } } },
    ],
    [
      "document/unknown-port a picture",
      { load: { type: "load" }, a: { type: "host", inputs: { picture: from("load") } } },
    ],
    ["document/missing-input a image", { a: { type: "host" } }],
    [
      "document/invalid-parameter c over",
      {
        load: { type: "load" },
        c: { type: "collect", params: { over: "load" }, inputs: { images: from("load") } },
      },
    ],
  ])("%s", (expected, nodes) => {
    expect(codeOf(() => planOf(nodes))).toBe(expected);
  });

  test("names the nodes of a circle", () => {
    const circle: Nodes = {
      a: { type: "host", inputs: { image: from("b") } },
      b: { type: "host", inputs: { image: from("a") } },
      save: { type: "save", inputs: { image: from("b") } },
    };
    expect(() => planOf(circle)).toThrow(/in a circle: (a → b|b → a)\./);
  });
});

describe("iterating", () => {
  test("over the product of files and of lists within them", () => {
    const plan = planOf({
      photos: { type: "files" },
      tiles: { type: "split", inputs: { image: from("photos") } },
      each: { type: "host", inputs: { image: from("tiles", "images") } },
      photo: { type: "collect", params: { over: "tiles" }, inputs: { images: from("each") } },
      all: { type: "collect", inputs: { images: from("photo") } },
    });
    const axesOf = (id: string) => nodeOf(plan, id)?.axes;
    expect(["photos", "tiles", "each", "photo", "all"].map(axesOf)).toEqual([
      ["photos"],
      ["photos"],
      ["photos", "tiles"],
      ["photos"],
      [],
    ]);
    expect(plan.axes.tiles).toEqual({ node: "tiles", kind: "list", parents: ["photos"] });
  });

  test("collects with an axis those within it", () => {
    const plan = planOf({
      photos: { type: "files" },
      tiles: { type: "split", inputs: { image: from("photos") } },
      all: {
        type: "collect",
        params: { over: "photos" },
        inputs: { images: from("tiles", "images") },
      },
    });
    expect(nodeOf(plan, "all")?.axes).toEqual([]);
  });
});
