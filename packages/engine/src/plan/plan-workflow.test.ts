import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WorkflowDocument, WorkflowNode } from "../document/index.js";
import { DiopterError } from "../errors/index.js";
import { createRegistry, defineNode, file, image, map, text } from "../nodes/index.js";
import type { Plan } from "./plan.js";
import { planWorkflow } from "./plan-workflow.js";

const about = { version: 1, title: "A node", help: "For tests.", params: {} } as const;

const registry = createRegistry([
  defineNode({
    ...about,
    type: "load",
    inputs: {},
    outputs: { image: image() },
    run: async () => {
      throw new Error();
    },
  }),
  defineNode({
    ...about,
    type: "host",
    inputs: { image: image(), mask: map({ optional: true }) },
    outputs: { image: image(), map: map() },
    run: async () => {
      throw new Error();
    },
  }),
  defineNode({
    ...about,
    type: "graph",
    inputs: { image: image(), second: image({ optional: true }) },
    outputs: { image: image() },
    graph: (_graph, inputs) => ({ image: inputs.image }),
  }),
  defineNode({
    ...about,
    type: "files",
    inputs: {},
    params: { path: file({ default: "", content: "image", many: true }) },
    outputs: { image: image() },
    run: async () => {
      throw new Error();
    },
  }),
  defineNode({
    ...about,
    type: "split",
    inputs: { image: image() },
    outputs: { images: image({ list: true }) },
    run: async () => {
      throw new Error();
    },
  }),
  defineNode({
    ...about,
    type: "collect",
    inputs: { images: image({ list: true }) },
    params: { over: text({ default: "" }) },
    outputs: { image: image() },
    run: async () => {
      throw new Error();
    },
  }),
  defineNode({
    ...about,
    type: "save",
    inputs: { image: image() },
    outputs: {},
    sideEffect: true,
    run: async () => ({}),
  }),
]);

type Nodes = Readonly<Record<string, Omit<WorkflowNode, "version">>>;

const documentOf = (nodes: Nodes): WorkflowDocument => ({
  diopter: 1,
  name: "Test",
  nodes: Object.fromEntries(
    Object.entries(nodes).map(([id, node]) => [id, { version: 1, ...node }]),
  ),
});

const planOf = (nodes: Nodes, targets?: readonly string[]) =>
  planWorkflow(documentOf(nodes), registry, { targets });

const stepsOf = (plan: Plan) =>
  plan.steps.map((step) => step.nodes.map((node) => node.id).join("+"));

const nodeOf = (plan: Plan, id: string) =>
  plan.steps.flatMap((step) => step.nodes).find((node) => node.id === id);

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (thrown) {
    if (DiopterError.is(thrown)) return `${thrown.code} ${thrown.node} ${thrown.port}`;
  }
  return undefined;
}

const from = (node: string, output = "image") => [node, output] as const;

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

type Drawn = readonly {
  readonly host: boolean;
  readonly first: number;
  readonly second: number | null;
}[];

/** A graph whose nodes read from nodes before them. */
function drawnNodes(drawn: Drawn): Nodes {
  const nodes: Record<string, Omit<WorkflowNode, "version">> = { n0: { type: "load" } };
  for (const [place, { host, first, second }] of drawn.entries()) {
    const image = from(`n${first % (place + 1)}`);
    const other = second === null || host ? {} : { second: from(`n${second % (place + 1)}`) };
    nodes[`n${place + 1}`] = { type: host ? "host" : "graph", inputs: { image, ...other } };
  }
  return nodes;
}

function readsBeforeGiven(plan: Plan): readonly string[] {
  const given = new Set<string>();
  return plan.steps.flatMap((step) =>
    step.nodes.flatMap(({ id, inputs }) => {
      const wires = Object.values(inputs).flat();
      given.add(id);
      return wires.map((wire) => wire.node).filter((source) => !given.has(source));
    }),
  );
}

describe("fusing", () => {
  test("joins neighbouring graph nodes and exposes what others read", () => {
    const plan = planOf({
      load: { type: "load" },
      a: { type: "graph", inputs: { image: from("load") } },
      b: { type: "graph", inputs: { image: from("a"), second: from("load") } },
      save: { type: "save", inputs: { image: from("b") } },
    });
    expect(stepsOf(plan)).toEqual(["load", "a+b", "save"]);
    expect(plan.steps[1]?.exposed).toEqual([{ node: "b", output: "image" }]);
  });

  test("keeps apart what a host node lies between", () => {
    const plan = planOf({
      load: { type: "load" },
      a: { type: "graph", inputs: { image: from("load") } },
      host: { type: "host", inputs: { image: from("a") } },
      b: { type: "graph", inputs: { image: from("a"), second: from("host") } },
    });
    expect(stepsOf(plan)).toEqual(["load", "a", "host", "b"]);
  });

  test("keeps apart what does not run over the same items", () => {
    const plan = planOf({
      load: { type: "load" },
      photos: { type: "files" },
      a: { type: "graph", inputs: { image: from("load") } },
      b: { type: "graph", inputs: { image: from("photos"), second: from("a") } },
    });
    expect(stepsOf(plan).toSorted()).toEqual(["a", "b", "load", "photos"]);
  });

  test("never lets a path leave a step and come back, in any graph", () => {
    const graphs = fc.array(
      fc.record({ host: fc.boolean(), first: fc.nat(), second: fc.option(fc.nat()) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(graphs, (drawn) => {
        const nodes = drawnNodes(drawn);
        const plan = planOf(nodes, Object.keys(nodes));
        // In any order of the steps one of two that need each other would read what is not there.
        expect(readsBeforeGiven(plan)).toEqual([]);
        expect(plan.steps.flatMap((step) => step.nodes)).toHaveLength(drawn.length + 1);
      }),
    );
  });
});
