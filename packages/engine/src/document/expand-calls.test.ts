import { describe, expect, test } from "vitest";
import { checkWorkflow } from "./check-workflow.js";
import { blurNode, documentOf, loadNode, registry } from "./example-nodes.test-support.js";
import { expandCalls, type LoadWorkflow } from "./expand-calls.js";
import type { WorkflowDocument } from "./types.js";

const input = (name: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  type: "workflow/input",
  version: 1,
  params: { name, socket: "IMAGE", ...extra },
});
const output = (name: string, source: readonly [string, string]) => ({
  type: "workflow/output",
  version: 1,
  params: { name, socket: "IMAGE" },
  inputs: { value: source },
});
const call = (path: string, source?: string, params: Readonly<Record<string, unknown>> = {}) => ({
  type: "workflow/call",
  version: 1,
  params: { path, ...params },
  ...(source === undefined ? {} : { inputs: { picture: [source, "image"] } }),
});

/** Blurs twice, under the public name `strength`. */
const soften = documentOf(
  {
    in: input("picture"),
    soft: blurNode("in", {}, "value"),
    softer: blurNode("soft"),
    out: output("image", ["softer", "image"]),
  },
  { interface: { strength: "soft.amount" } },
);

const nested = documentOf(
  {
    in: input("picture"),
    twice: { ...call("soften"), inputs: { picture: ["in", "value"] } },
    out: output("image", ["twice", "image"]),
  },
  { interface: { power: "twice.strength" } },
);

const through = documentOf({ in: input("picture"), out: output("image", ["in", "value"]) });

function library(documents: Readonly<Record<string, WorkflowDocument>>): LoadWorkflow {
  return async (path) => {
    const document = documents[path];
    if (document === undefined) throw new Error(`no ${path}`);
    return { id: path, document };
  };
}
const load = library({ soften, nested, through });

test("puts the called nodes in place of the call", async () => {
  const document = documentOf(
    { photo: loadNode, call: call("soften", "photo", { strength: 0.9 }), last: blurNode("call") },
    { interface: { image: "photo.path", much: "call.strength", which: "call.path" } },
  );
  const { nodes, interface: options } = await expandCalls(document, load);
  expect(Object.keys(nodes).sort()).toEqual(["call/soft", "call/softer", "last", "photo"]);
  expect(nodes["call/soft"]).toMatchObject({
    params: { amount: 0.9 },
    inputs: { image: ["photo", "image"] },
  });
  expect(nodes["call/softer"]?.inputs).toEqual({ image: ["call/soft", "image"] });
  expect(nodes.last?.inputs).toEqual({ image: ["call/softer", "image"] });
  expect(options).toEqual({ image: "photo.path", much: "call/soft.amount" });
  expect(checkWorkflow(await expandCalls(document, load), registry)).toEqual([]);
});

test("calls within calls, with parameters handed down", async () => {
  const document = documentOf(
    { photo: loadNode, deep: call("nested", "photo", { power: 0.7 }), last: blurNode("deep") },
    { interface: { power: "deep.power" } },
  );
  const { nodes, interface: options } = await expandCalls(document, load);
  expect(nodes["deep/twice/soft"]).toMatchObject({
    params: { amount: 0.7 },
    inputs: { image: ["photo", "image"] },
  });
  expect(nodes.last?.inputs).toEqual({ image: ["deep/twice/softer", "image"] });
  expect(options).toEqual({ power: "deep/twice/soft.amount" });
});

test("a chain of 3,000 calls that hand their input through", async () => {
  const nodes: Record<string, unknown> = { "call 0": loadNode };
  for (let index = 1; index <= 3000; index++) {
    nodes[`call ${index}`] = call("through", `call ${index - 1}`);
  }
  const expanded = await expandCalls(documentOf({ ...nodes, last: blurNode("call 3000") }), load);
  expect(Object.keys(expanded.nodes)).toEqual(["call 0", "last"]);
  expect(expanded.nodes.last?.inputs).toEqual({ image: ["call 0", "image"] });
});

test("a document without calls is the same document", async () => {
  const document = documentOf({ photo: loadNode });
  expect(await expandCalls(document, load)).toBe(document);
});

test("a muted call mutes what needs it, and its file is not read", async () => {
  const muted = { ...call("not there", "photo"), mode: "muted" };
  const document = documentOf({ photo: loadNode, call: muted, last: blurNode("call") });
  const { nodes } = await expandCalls(document, load);
  expect(nodes.last?.mode).toBe("muted");
});

test("a bypassed call hands on its input of the same type", async () => {
  const bypassed = { ...call("soften", "photo"), mode: "bypassed" };
  const document = documentOf({ photo: loadNode, call: bypassed, last: blurNode("call") });
  const { nodes } = await expandCalls(document, load);
  expect(Object.keys(nodes)).toEqual(["photo", "last"]);
  expect(nodes.last?.inputs).toEqual({ image: ["photo", "image"] });
});

test("the axis that a node follows is found again inside", async () => {
  const follows = documentOf({
    many: loadNode,
    all: {
      type: "image/stack",
      version: 1,
      params: { over: "many" },
      inputs: { images: ["many", "image"] },
    },
    out: output("image", ["all", "image"]),
  });
  const document = documentOf({ call: call("follows"), last: blurNode("call") });
  const { nodes } = await expandCalls(document, library({ follows }));
  expect(nodes["call/all"]?.params).toEqual({ over: "call/many" });
});

describe("refuses", () => {
  const refusal = async (nodes: Readonly<Record<string, unknown>>, from = load) =>
    expandCalls(documentOf({ photo: loadNode, ...nodes }), from).then(
      () => expect.fail("It was expanded."),
      (thrown: unknown) => thrown,
    );

  test.each([
    [{ call: call("soften") }, "document/missing-input", "picture"],
    [{ call: call("") }, "document/invalid-parameter", "path"],
    [{ call: call("missing", "photo") }, "file/unreadable", "path"],
    [{ call: call("soften", "photo", { strenght: 1 }) }, "document/unknown-parameter", "strenght"],
    [
      { call: { ...call("soften"), inputs: { pictures: ["photo", "image"] } } },
      "document/unknown-port",
      "pictures",
    ],
    [
      {
        call: {
          ...call("soften"),
          inputs: {
            picture: [
              ["photo", "image"],
              ["photo", "image"],
            ],
          },
        },
      },
      "document/occupied-input",
      "picture",
    ],
  ])("%j", async (nodes, code, port) => {
    expect(await refusal(nodes)).toMatchObject({ code, port, node: "call" });
  });

  test("an output that the called workflow does not have", async () => {
    const last = { ...blurNode(""), inputs: { image: ["call", "imgae"] } };
    expect(await refusal({ call: call("soften", "photo"), last })).toMatchObject({
      code: "document/unknown-port",
      node: "last",
      remedy: 'Did you mean "image"?',
    });
  });

  test("a workflow that calls itself through another", async () => {
    const a = documentOf({ call: call("b") });
    const b = documentOf({ call: call("a") });
    expect(await refusal({ start: call("a") }, library({ a, b }))).toMatchObject({
      code: "document/recursion",
      node: "start/call/call",
      message: "The workflow calls itself: a → b → a.",
    });
  });

  test("wires that run in a circle through a call", async () => {
    const nodes = { call: call("through", "call"), last: blurNode("call") };
    expect(await refusal(nodes)).toMatchObject({ code: "document/cycle" });
  });

  test("calls that multiply without end", async () => {
    const documents: Record<string, WorkflowDocument> = { "level 0": documentOf({ a: loadNode }) };
    for (let level = 1; level <= 20; level++) {
      const below = call(`level ${level - 1}`);
      documents[`level ${level}`] = documentOf({ a: below, b: below });
    }
    const document = documentOf({ start: call("level 20") });
    await expect(expandCalls(document, library(documents), 1000)).rejects.toMatchObject({
      code: "document/too-large",
    });
  });

  test("a workflow made to be called, when nobody calls it", async () => {
    await expect(expandCalls(through, load)).rejects.toMatchObject({
      code: "document/missing-input",
      node: "in",
    });
  });
});
