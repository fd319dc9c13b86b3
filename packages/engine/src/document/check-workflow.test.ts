import { describe, expect, test } from "vitest";
import { checkWorkflow, requireRunnable } from "./check-workflow.js";
import { blurNode, documentOf, loadNode, registry } from "./example-nodes.test-support.js";

const problemsOf = (...args: Parameters<typeof documentOf>) =>
  checkWorkflow(documentOf(...args), registry).map(
    ({ code, node, port, path, message, remedy }) => ({
      code,
      node,
      port,
      path,
      message,
      remedy,
    }),
  );

test("finds nothing in a document that can run", () => {
  const nodes = { photo: loadNode, soft: blurNode("photo", { window: 5, edge: "zero" }) };
  expect(problemsOf(nodes, { interface: { amount: "soft.amount" } })).toEqual([]);
});

describe("unknown types", () => {
  test("are compared with those there are", () => {
    expect(problemsOf({ a: { type: "image/blurr", version: 1 } })).toMatchObject([
      { code: "document/unknown-node", node: "a", remedy: 'Did you mean "image/blur"?' },
    ]);
  });
  test("are named with the package that would bring them", () => {
    const [problem] = problemsOf({ a: { type: "@some/body:image/wand", version: 1 } });
    expect(problem?.message).toContain('the package "@some/body"');
    expect(problem?.remedy).toBe('Install "@some/body" and name it in your configuration.');
  });
  test("may stay where they are muted", () => {
    expect(problemsOf({ a: { type: "gone/away", version: 1, mode: "muted" } })).toEqual([]);
  });
  test("do not hide what else is wrong", () => {
    const nodes = { a: { type: "x/y", version: 1, inputs: { i: ["gone", "o"] } } };
    expect(problemsOf(nodes).map(({ code }) => code)).toEqual([
      "document/unknown-node",
      "document/dangling-wire",
    ]);
  });
});

describe("parameters", () => {
  test.each([
    [{ amount: 1.5 }, "1.5 is too large.", "Give a number from 0 to 1."],
    [{ amount: "0.5" }, '"0.5" is not a number from 0 to 1.', "Give a number from 0 to 1."],
    [{ window: 4 }, "4 is even.", "Give an odd whole number from 3 to 31."],
    [{ window: 3.5 }, "3.5 is not a whole number.", "Give an odd whole number from 3 to 31."],
    [{ exact: 1 }, "1 is not true or false.", "Give true or false."],
    [{ seed: -1 }, "-1 cannot be a seed.", "Give a whole number from 0 to 9007199254740991."],
    [{ note: "12345678901" }, "The text has 11 characters.", "Give at most 10 characters."],
    [
      { edge: "miror" },
      '"miror" is not one of the choices.',
      'Did you mean "mirror"? Choose one of: mirror, zero, repeat.',
    ],
  ])("%j", (params, message, remedy) => {
    const [name = ""] = Object.keys(params);
    expect(problemsOf({ photo: loadNode, soft: blurNode("photo", params) })).toEqual([
      {
        code: "document/invalid-parameter",
        node: "soft",
        port: name,
        path: `/nodes/soft/params/${name}`,
        message,
        remedy,
      },
    ]);
  });

  test("that there are not, even when objects have something of that name", () => {
    const params = { amuont: 1, constructor: 2 };
    expect(problemsOf({ photo: loadNode, soft: blurNode("photo", params) })).toMatchObject([
      { code: "document/unknown-parameter", remedy: 'Did you mean "amount"?' },
      { code: "document/unknown-parameter", port: "constructor" },
    ]);
  });
});

describe("wires", () => {
  test.each([
    [["photos", "image"], "document/dangling-wire", 'Did you mean "photo"?'],
    [["constructor", "image"], "document/dangling-wire", "Wire it to a node that exists."],
    [["photo", "imag"], "document/unknown-port", 'Did you mean "image"?'],
    [["other", "radius"], "document/type-mismatch", 'Wire "image" to an output that gives IMAGE.'],
    [
      [
        ["photo", "image"],
        ["photo", "image"],
      ],
      "document/occupied-input",
      'Keep one of the wires of "soft".',
    ],
    [[], "document/missing-input", "Wire it to an output that gives IMAGE."],
  ])("%j", (wired, code, remedy) => {
    const soft = { ...blurNode(""), inputs: { image: wired } };
    expect(problemsOf({ photo: loadNode, other: blurNode("photo"), soft })).toMatchObject([
      { code, node: "soft", port: "image", remedy },
    ]);
  });

  test("a whole number goes where a number is asked for", () => {
    const inputs = { image: ["photo", "image"], radius: ["other", "radius"] };
    const soft = { ...blurNode(""), inputs };
    expect(problemsOf({ photo: loadNode, other: blurNode("photo"), soft })).toEqual([]);
  });

  test("an input that collects takes many, in order", () => {
    const images = [
      ["b", "image"],
      ["a", "image"],
      ["b", "image"],
    ];
    const all = { type: "image/stack", version: 1, inputs: { images } };
    expect(problemsOf({ a: loadNode, b: loadNode, all })).toEqual([]);
  });

  test("what does not run may miss its inputs", () => {
    const soft = { type: "image/blur", version: 3, mode: "muted" };
    expect(problemsOf({ soft })).toEqual([]);
  });
});

describe("cycles", () => {
  test("are shown from wire to wire, once each", () => {
    const nodes = {
      a: blurNode("c"),
      b: blurNode("a"),
      c: blurNode("b"),
      alone: blurNode("alone"),
      after: blurNode("c"),
    };
    expect(problemsOf(nodes)).toMatchObject([
      { code: "document/cycle", message: expect.stringMatching(/([abc]) → [abc] → [abc] → \1/) },
      { code: "document/cycle", message: expect.stringContaining("alone → alone") },
    ]);
  });

  test("of 10,000 nodes are found, and shown in part", () => {
    const size = 10_000;
    const ring = Array.from({ length: size }, (_, index) => [
      `n${index}`,
      blurNode(`n${(index + size - 1) % size}`),
    ]);
    const [problem, ...others] = problemsOf(Object.fromEntries(ring));
    expect(others).toEqual([]);
    expect(problem?.message).toContain(`${size - 8} more`);
  });
});

test("public names must lead to a parameter", () => {
  const options = { steps: "photo.steps", image: "phoot.path", fine: "photo.path" };
  expect(problemsOf({ photo: loadNode }, { interface: options })).toMatchObject([
    { code: "document/unknown-parameter", path: "/interface/steps" },
    { code: "document/invalid", path: "/interface/image", remedy: 'Did you mean "photo"?' },
  ]);
});

test("a flood of problems does not take a flood of time", () => {
  const nodes: Record<string, unknown> = {};
  for (let index = 0; index < 20_000; index++) nodes[`node ${index}`] = blurNode(`gone ${index}`);
  const problems = problemsOf(nodes);
  expect(problems).toHaveLength(20_000);
  expect(problems[0]?.remedy).toContain("Did you mean");
  expect(problems.at(-1)?.remedy).toBe("Wire it to a node that exists.");
});

test("requireRunnable throws the first and counts the others", () => {
  const document = documentOf({ a: blurNode("x"), b: blurNode("y") });
  expect(() => requireRunnable(document, registry)).toThrow(/begins at "x".*1 other problem/);
  expect(requireRunnable(documentOf({ a: loadNode }), registry)).toBeUndefined();
});
