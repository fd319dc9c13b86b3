import { describe, expect, it } from "vitest";
import { OnnxModelError } from "../core/errors.js";
import { encodeNumbers } from "../core/tensor-source.js";
import { GraphBuilder } from "../graph-builder.js";
import { evaluateByRuntime } from "../test/judges.js";
import { mergeModels } from "./merge.js";
import { type ParsedModel, readModel, writeModel } from "./model.js";
import { freezeInput, nodesOf, pruneModel, renameModelValues, replaceValue } from "./rewrite.js";

/** y = (x * scale + 1) * 3, where the addition is a block of its own. */
function sample(): ParsedModel {
  const g = new GraphBuilder({ name: "sample" });
  const x = g.input("x", "float32", ["n"]);
  const scale = g.input("scale", "float32", [1]);
  const scaled = g.mul(x, scale);
  const block = g.scope("block").add(scaled, 1);
  g.output("y", g.mul(block, 3));
  return readModel(g.build().bytes);
}

const floats = (values: readonly number[]) =>
  ({ type: "float32", shape: [values.length], bytes: encodeNumbers(values, "float32") }) as const;

async function outputOf(
  model: ParsedModel,
  inputs: Readonly<Record<string, readonly number[]>>,
  output = "y",
): Promise<readonly number[] | undefined> {
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, values]) => [name, floats(values)]),
  );
  const results = await evaluateByRuntime({ model: writeModel(model), inputs: feeds });
  return results.get(output)?.values;
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (OnnxModelError.isInstance(error)) return error.code;
    throw error;
  }
  return "accepted";
}

describe("readModel", () => {
  it("gives what the model declares", () => {
    const { name, opset, inputs, outputs } = sample();
    expect({ name, opset }).toEqual({ name: "sample", opset: 20 });
    expect(inputs.map(({ name, shape }) => [name, shape])).toEqual([
      ["x", ["n"]],
      ["scale", [1]],
    ]);
    expect(outputs).toEqual([{ name: "y", type: "float32", shape: ["n"] }]);
  });

  it("refuses what is no model", () => {
    expect(codeOf(() => readModel(new TextEncoder().encode("plain text")))).toBe("not-onnx");
    expect(codeOf(() => readModel(new Uint8Array(0)))).toBe("not-onnx");
    const { bytes } = writeModel(sample());
    expect(codeOf(() => readModel(bytes.subarray(0, bytes.length / 2)))).toBe("not-onnx");
  });
});

describe("rewriting", () => {
  it("walks the nodes in order", () => {
    expect([...nodesOf(sample())].map(({ operator, name }) => [operator, name])).toEqual([
      ["Mul", "mul"],
      ["Add", "block/add"],
      ["Mul", "mul.1"],
    ]);
  });

  it("renames inputs and outputs, and leaves the first model alone", async () => {
    const model = sample();
    const renamed = renameModelValues(model, { x: "latent", y: "denoised" });
    expect(await outputOf(renamed, { latent: [1, 2], scale: [2] }, "denoised")).toEqual([9, 15]);
    expect(await outputOf(model, { x: [1, 2], scale: [2] })).toEqual([9, 15]);
    expect(codeOf(() => renameModelValues(model, { none: "x2" }))).toBe("unknown-name");
    expect(codeOf(() => renameModelValues(model, { x: "scale" }))).toBe("duplicate-name");
    expect(codeOf(() => renameModelValues(model, { x: "a", scale: "a" }))).toBe("duplicate-name");
  });

  it("freezes an input", async () => {
    const frozen = freezeInput(sample(), "scale", floats([4]));
    expect(frozen.inputs.map(({ name }) => name)).toEqual(["x"]);
    expect(await outputOf(frozen, { x: [1, 2] })).toEqual([15, 27]);
    expect(codeOf(() => freezeInput(sample(), "scale", floats([1, 2])))).toBe("shape-mismatch");
    expect(codeOf(() => freezeInput(frozen, "scale", floats([4])))).toBe("unknown-name");
    const wrong = { type: "int64", shape: [1], bytes: new Uint8Array(8) } as const;
    expect(codeOf(() => freezeInput(sample(), "scale", wrong))).toBe("type-mismatch");
  });

  it("drops a block, and what only the block needed", async () => {
    const dropped = replaceValue(sample(), "block/add", "mul");
    expect([...nodesOf(dropped)].map(({ name }) => name)).toEqual(["mul", "mul.1"]);
    expect(dropped.proto.graph?.initializer).toHaveLength(1);
    expect(await outputOf(dropped, { x: [1, 2], scale: [2] })).toEqual([6, 12]);
  });

  it("replaces what is an output", async () => {
    const replaced = replaceValue(sample(), "y", "mul");
    expect(await outputOf(replaced, { x: [1, 2], scale: [2] })).toEqual([2, 4]);
  });

  it("refuses a replacement that depends on its readers", () => {
    expect(codeOf(() => replaceValue(sample(), "mul", "block/add"))).toBe("unordered");
    expect(codeOf(() => replaceValue(sample(), "mul", "none"))).toBe("unknown-name");
  });

  it("prunes a model that has more than it needs", () => {
    const model = sample();
    model.proto.graph?.output.splice(0, 1);
    expect([...nodesOf(pruneModel(model))]).toEqual([]);
  });
});

describe("merging", () => {
  it("runs one model on the other's result", async () => {
    const g = new GraphBuilder({ name: "half" });
    g.output("half", g.mul(g.input("z", "float32", ["m"]), 0.5));
    const half = readModel(g.build().bytes);
    const merged = mergeModels({
      name: "both",
      first: sample(),
      second: half,
      connect: { z: "y" },
    });
    expect(merged.outputs).toEqual([{ name: "half", type: "float32", shape: ["n"] }]);
    const model = readModel(merged.bytes);
    expect(await outputOf(model, { x: [1, 2], scale: [2] }, "half")).toEqual([4.5, 7.5]);
    const connect = (connect: Readonly<Record<string, string>>) => () =>
      mergeModels({ name: "both", first: sample(), second: half, connect });
    expect(codeOf(connect({ z: "none" }))).toBe("unknown-name");
    expect(codeOf(connect({ none: "y" }))).toBe("unknown-name");
  });

  it("puts a graph in front of an input: a map of timesteps instead of one", async () => {
    const model = sample();
    const g = new GraphBuilder({ name: "with map", opset: model.opset });
    const x = g.input("x", "float32", ["n"]);
    const map = g.input("map", "float32", ["n"]);
    const { y } = g.scope("inner").inline(model, { x, scale: g.reduceMean(map) });
    if (y !== undefined) g.output("y", y);
    expect(y?.shape).toEqual(["n"]);
    const built = readModel(g.build().bytes);
    expect(await outputOf(built, { x: [1, 2], map: [1, 3] })).toEqual([9, 15]);
  });

  it("refuses inputs that do not fit", () => {
    const model = sample();
    const g = new GraphBuilder({ name: "outer" });
    const x = g.input("x", "float32", ["n"]);
    const whole = g.input("whole", "int64", [1]);
    const two = g.input("two", "float32", [2]);
    expect(codeOf(() => g.inline(model, { x }))).toBe("unknown-name");
    expect(codeOf(() => g.inline(model, { x, scale: whole }))).toBe("type-mismatch");
    expect(codeOf(() => g.inline(model, { x, scale: two }))).toBe("shape-mismatch");
    const older = new GraphBuilder({ name: "older", opset: 17 });
    const scale = older.input("scale", "float32", [1]);
    expect(codeOf(() => older.inline(model, { x: scale, scale }))).toBe("opset-mismatch");
  });
});
