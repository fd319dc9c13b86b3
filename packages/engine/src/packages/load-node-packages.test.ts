import { describe, expect, test } from "vitest";
import { createRegistry, defineNode, describeNode, image, number } from "../nodes/index.js";
import { loadNodePackages } from "./load-node-packages.js";

const invert = defineNode({
  type: "tone/invert",
  version: 1,
  title: "Invert",
  help: "Turns light into dark.",
  inputs: { image: image() },
  params: { amount: number({ default: 1 }) },
  outputs: { image: image() },
  graph: (g, inputs) => ({ image: g.sub(1, inputs.image) }),
});

const good = { definitions: [invert] };

async function failureOf(module: unknown, name = "some-nodes") {
  const { definitions, failures } = await loadNodePackages([name], async () => module);
  expect(definitions).toEqual([]);
  expect(failures).toHaveLength(1);
  return failures[0]?.sentence;
}

test("types have the package's name before them, and the rest is as it was declared", async () => {
  const { definitions, failures } = await loadNodePackages(["@some/nodes"], async () => good);
  expect(failures).toEqual([]);
  const [definition] = definitions;
  if (definition === undefined) expect.fail();
  expect(describeNode(definition)).toEqual({
    ...describeNode(invert),
    type: "@some/nodes:tone/invert",
    package: "@some/nodes",
  });
  expect(createRegistry(definitions)["@some/nodes:tone/invert"]).toBe(definition);
});

test("two packages may use one type, and a name that stands twice is loaded once", async () => {
  let imports = 0;
  const { definitions } = await loadNodePackages(["a", "b", "a"], async () => {
    imports += 1;
    return good;
  });
  expect(definitions.map(({ type }) => type)).toEqual(["a:tone/invert", "b:tone/invert"]);
  expect(imports).toBe(2);
});

test("a package that fails is named, and the others are loaded", async () => {
  const { definitions, failures } = await loadNodePackages(["broken", "fine"], async (name) => {
    if (name === "broken") throw new SyntaxError("Unexpected token\n  at line 3");
    return good;
  });
  expect(definitions.map(({ type }) => type)).toEqual(["fine:tone/invert"]);
  expect(failures.map(({ sentence }) => sentence)).toEqual([
    'The package "broken" cannot be loaded: Unexpected token. ' +
      "Update or repair the package, or remove it from your configuration. [package/failed]",
  ]);
});

test("one that is not installed is to be installed", async () => {
  const { failures } = await loadNodePackages(["diopter-no-such-package"], (name) => import(name));
  expect(failures).toMatchObject([
    { code: "package/failed", remedy: expect.stringContaining("Install it") },
  ]);
});

test("one that never gets ready is left out", async () => {
  const importer = (name: string) =>
    name === "slow" ? new Promise<never>(() => {}) : Promise.resolve(good);
  const loaded = await loadNodePackages(["slow", "fine"], importer, { timeoutMilliseconds: 20 });
  expect(loaded.definitions).toHaveLength(1);
  expect(loaded.failures[0]?.message).toContain("not ready after 0.02 seconds");
});

test.each([
  "../nodes",
  "/etc/passwd",
  "file:///x.js",
  "node:fs",
  "https://x/y",
  "Upper",
  "a b",
  "",
])("%j is refused before anything is imported", async (name) => {
  const importer = () => expect.fail("It was imported.");
  const { failures } = await loadNodePackages([name], importer);
  expect(failures).toMatchObject([{ code: "package/not-allowed" }]);
});

describe("says what is wrong with", () => {
  test.each([
    [undefined, 'it does not export a list "definitions"'],
    [{ definitions: {} }, 'it does not export a list "definitions"'],
    [{ definitions: [null] }, "definition 0 is wrong at its root"],
    [{ definitions: [invert, { ...invert }] }, 'two of its nodes have the type "tone/invert"'],
    [
      { definitions: [{ ...invert, type: "Invert" }] },
      "definition 0 (Invert) is wrong at type: is not",
    ],
    [{ definitions: [{ ...invert, type: "x:tone/y" }] }, "(x:tone/y) is wrong at type"],
    [{ definitions: [{ ...invert, version: 0 }] }, "is wrong at version"],
    [{ definitions: [{ ...invert, help: "" }] }, "is wrong at help"],
    [{ definitions: [{ ...invert, graph: undefined }] }, "needs either run or graph"],
    [{ definitions: [{ ...invert, run: () => {} }] }, "needs either run or graph"],
    [
      { definitions: [{ ...invert, inputs: { a: { socket: "VAE" } } }] },
      "has a port of type VAE, which only run nodes may have",
    ],
    [{ definitions: [{ ...invert, outputs: { a: { socket: "PICTURE" } } }] }, "is no socket type"],
    [
      { definitions: [{ ...invert, params: { amount: { kind: "number" } } }] },
      "is wrong at params.amount: is no parameter",
    ],
    [
      {
        get definitions() {
          throw new Error("thrown by a getter");
        },
      },
      "thrown by a getter",
    ],
  ])("%#", async (module, sentence) => {
    expect(await failureOf(module)).toContain(sentence);
  });
});
