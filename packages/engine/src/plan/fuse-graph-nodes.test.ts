import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { from, type Nodes, planOf, stepsOf } from "./example-plan.test-support.js";
import type { Plan } from "./plan.js";

type Drawn = readonly {
  readonly host: boolean;
  readonly first: number;
  readonly second: number | null;
}[];

/** A graph whose nodes read from nodes before them. */
function drawnNodes(drawn: Drawn): Nodes {
  const nodes: Record<string, Nodes[string]> = { n0: { type: "load" } };
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
