import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DiopterError } from "../errors/index.js";
import { checkWorkflow } from "./check-workflow.js";
import { blurNode, documentOf, loadNode, registry } from "./example-nodes.test-support.js";
import { defaultLimits, parseWorkflow } from "./parse-workflow.js";
import { serializeWorkflow } from "./serialize-workflow.js";

function problemOf(text: string, limits = defaultLimits): DiopterError {
  try {
    parseWorkflow(text, registry, limits);
  } catch (thrown) {
    if (DiopterError.is(thrown)) return thrown;
    throw thrown;
  }
  return expect.fail("The document was read.");
}

const withNodes = (nodes: string) => `{"diopter": 1, "name": "x", "nodes": {${nodes}}}`;

describe("says what is wrong and where", () => {
  test.each([
    ["", "document/not-json", undefined],
    ["{", "document/not-json", undefined],
    ["[]", "document/invalid", ""],
    ["null", "document/invalid", ""],
    ['"text"', "document/invalid", ""],
    ["{}", "document/invalid", "/diopter"],
    ['{"diopter": "1"}', "document/invalid", "/diopter"],
    ['{"diopter": 2, "name": "x", "nodes": {}}', "document/newer-version", "/diopter"],
    ['{"diopter": 1, "nodes": {}}', "document/invalid", "/name"],
    ['{"diopter": 1, "name": "x", "nodes": []}', "document/invalid", "/nodes"],
    [withNodes('"a": 4'), "document/invalid", "/nodes/a"],
    [withNodes('"a": {"type": "t", "version": 0}'), "document/invalid", "/nodes/a/version"],
    [withNodes('"a.b": {"type": "t", "version": 1}'), "document/invalid", "/nodes/a.b"],
    [
      withNodes('"a/b": {"type": "t", "version": 1, "inputs": {"x": ["y"]}}'),
      "document/invalid",
      "/nodes/a~1b/inputs/x",
    ],
    [
      withNodes('"a": {"type": "t", "version": 1, "params": {"x": null}}'),
      "document/invalid",
      "/nodes/a/params/x",
    ],
    [withNodes('"a": {"type": "t", "version": 1}, "a": {}'), "document/invalid", "/nodes/a"],
    [withNodes('"__proto__": {"type": "t"}'), "document/invalid", "/nodes/__proto__"],
    [
      '{"diopter": 1, "name": "x", "nodes": {}, "interface": {"n": "a"}}',
      "document/invalid",
      "/interface/n",
    ],
  ])("%s", (text, code, path) => {
    expect(problemOf(text)).toMatchObject({ code, path });
  });

  test("a misspelt field, with the field that was meant", () => {
    const problem = problemOf(withNodes('"a": {"type": "t", "version": 1, "parms": {}}'));
    expect(problem.sentence).toBe(
      'node "a": The field "parms" is not known here. Did you mean "params"? [document/invalid]',
    );
  });

  test("the first of several, and how many others there are", () => {
    const problem = problemOf(withNodes('"a": 1, "b": 2, "c": 3'));
    expect(problem).toMatchObject({ node: "a", message: expect.stringContaining("2 other") });
  });

  test("the line of a syntax error", () => {
    const problem = problemOf('{\n  "diopter": 1,\n  "name": "x"\n  "nodes": {}\n}');
    expect(problem.message).toMatch(/line 4, column 3|near .*nodes/);
  });
});

describe("stays within bounds", () => {
  test("on characters, nodes and nesting", () => {
    const limits = { characters: 1000, nodes: 2, depth: 6 };
    expect(problemOf(" ".repeat(1001), limits).code).toBe("document/too-large");
    const nodes = ["a", "b", "c"].map((id) => `"${id}": {"type": "t", "version": 1}`);
    expect(problemOf(withNodes(nodes.join()), limits).code).toBe("document/too-large");
    const nested = `{"diopter": 1, "name": "x", "nodes": {}, "view": ${"[".repeat(6)}${"]".repeat(6)}}`;
    expect(problemOf(nested, limits).code).toBe("document/too-large");
  });

  test("on a million brackets", () => {
    const deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
    expect(problemOf(deep).code).toMatch(/^document\//);
  });

  test("brackets and quotes inside texts are no nesting", () => {
    const name = `${"[{".repeat(100)}\\"${"[".repeat(100)}\\\\`;
    const text = `{"diopter": 1, "name": "${name}", "nodes": {}}`;
    expect(parseWorkflow(text, registry).name).toBe(JSON.parse(`"${name}"`));
  });

  test("reads and checks a chain of 10,000 nodes", () => {
    const chain: Record<string, unknown> = { "node 0": loadNode };
    for (let index = 1; index < 10_000; index++) {
      chain[`node ${index}`] = blurNode(`node ${index - 1}`);
    }
    expect(checkWorkflow(documentOf(chain), registry)).toEqual([]);
  });
});

test("unknown node types survive a round trip as they are", () => {
  const node = {
    type: "somebody:magic/wand",
    version: 7,
    title: "Wand",
    mode: "muted",
    params: { power: 11, spell: "fiat lux", dry: false },
    inputs: { image: ["photo", "image"], many: [["photo", "image"]] },
  };
  const read = documentOf({ photo: loadNode, wand: node });
  expect(JSON.parse(serializeWorkflow(read)).nodes.wand).toEqual(node);
});

/** A valid document in which something was replaced, removed, doubled or cut. */
const damaged = fc
  .record({
    at: fc.nat(),
    length: fc.nat({ max: 40 }),
    put: fc.oneof(
      fc.json({ maxDepth: 3 }),
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        "",
        "null",
        "{}",
        "[]",
        '"__proto__"',
        '"constructor"',
        "1e999",
        "-0",
        '["a"]',
      ),
    ),
    again: fc.boolean(),
  })
  .map(({ at, length, put, again }) => {
    const start = at % valid.length;
    const kept = again ? valid.slice(start, start + length) : "";
    return valid.slice(0, start) + put + kept + valid.slice(start + length);
  });

const anyJson = fc.jsonValue({ maxDepth: 1 });
const few = { maxKeys: 3 };

/** Structure that is nearly right: names, versions and wires of any kind. */
const anyName = fc.constantFrom(
  "a",
  "b",
  "constructor",
  "toString",
  "a.b",
  "",
  "__proto__",
  "image",
);
const nearlyRight = fc
  .record(
    {
      diopter: fc.constantFrom<unknown>(1, 1, 1, 2, 0, -1, 1.5, "1", null),
      name: fc.oneof(fc.constant("x"), anyJson),
      nodes: fc.dictionary(
        anyName,
        fc.record(
          {
            type: fc.constantFrom<unknown>(
              "image/load",
              "image/blur",
              "image/stack",
              "workflow/call",
              "constructor",
              "x:y",
              4,
            ),
            version: fc.constantFrom<unknown>(1, 2, 3, 4, "3"),
            mode: fc.constantFrom<unknown>("muted", "bypassed", undefined, "off"),
            params: fc.dictionary(anyName, fc.oneof(anyJson, fc.string(), fc.double()), few),
            inputs: fc.dictionary(
              anyName,
              fc.oneof(fc.tuple(anyName, anyName), fc.array(fc.tuple(anyName, anyName)), anyJson),
              few,
            ),
          },
          { requiredKeys: ["type", "version"] },
        ),
        few,
      ),
      interface: fc.dictionary(anyName, fc.oneof(fc.constantFrom("a.path", "b.x"), anyJson), few),
      view: anyJson,
    },
    { requiredKeys: ["diopter", "name", "nodes"] },
  )
  .map((document) => JSON.stringify(document));

const valid = serializeWorkflow(
  documentOf(
    { photo: loadNode, soft: blurNode("photo", { amount: 0.25 }), softer: blurNode("soft") },
    { interface: { image: "photo.path" }, view: { positions: { photo: [0, 0] } } },
  ),
);

test("10,000 malformed documents give an error or a document, never a crash", () => {
  let read = 0;
  let refused = 0;
  const anything = fc.oneof(
    { weight: 5, arbitrary: damaged },
    { weight: 4, arbitrary: nearlyRight },
    { weight: 1, arbitrary: fc.string() },
  );
  const holds = (text: string) => {
    try {
      const document = parseWorkflow(text, registry);
      for (const problem of checkWorkflow(document, registry)) {
        expect(problem.sentence).toMatch(/\. .+[.?] \[document\//);
      }
      expect(parseWorkflow(serializeWorkflow(document), registry)).toEqual(document);
      read += 1;
    } catch (thrown) {
      if (!DiopterError.is(thrown)) throw thrown;
      expect(thrown.code).toMatch(/^document\//);
      refused += 1;
    }
  };
  fc.assert(fc.property(anything, holds), { numRuns: 10_000, seed: 20_250_101 });
  expect(read).toBeGreaterThan(500);
  expect(refused).toBeGreaterThan(3000);
}, 120_000);
