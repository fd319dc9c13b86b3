import { describe, expect, it } from "vitest";
import { OnnxBuildError } from "./core/errors.js";
import { GraphBuilder } from "./graph-builder.js";
import { readModel } from "./surgery/model.js";
import { nodesOf } from "./surgery/rewrite.js";

const builder = () => new GraphBuilder({ name: "test" });

function refusal(build: () => unknown): OnnxBuildError {
  try {
    build();
  } catch (error) {
    if (OnnxBuildError.isInstance(error)) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("names", () => {
  it("come from scopes and operators, and occur once", () => {
    const g = builder();
    const x = g.input("x", "float32", ["n"]);
    const block = g.scope("photo").scope("blocks.3");
    const y = block.mul(block.mul(x, 2), 3);
    expect(y.name).toBe("photo/blocks.3/mul.1");
  });

  it("of outputs are the public ones, also where a node had that name", () => {
    const g = builder();
    const x = g.input("x", "float32", ["n"]);
    const inner = g.exp(x);
    const result = g.mul(inner, 2);
    g.output("exp", result);
    g.output("mul", inner);
    g.output("same", x);
    const model = readModel(g.build().bytes);
    expect(model.outputs.map(({ name }) => name)).toEqual(["exp", "mul", "same"]);
    const made = new Map([...nodesOf(model)].map((node) => [node.outputs[0], node.operator]));
    expect(made.get("exp")).toBe("Mul");
    expect(made.get("mul")).toBe("Exp");
    expect(made.get("same")).toBe("Identity");
  });

  it("are refused when they are taken", () => {
    const g = builder();
    const x = g.input("x", "float32", [1]);
    expect(refusal(() => g.input("x", "float32", [1])).code).toBe("duplicate-name");
    expect(refusal(() => g.output("x", x)).code).toBe("duplicate-name");
    g.output("y", x);
    expect(refusal(() => g.output("y", x)).code).toBe("duplicate-name");
  });
});

describe("build", () => {
  it("leaves out what no output needs", () => {
    const g = builder();
    const x = g.input("x", "float32", ["n"]);
    g.conv(g.reshape(x, [1, 1, -1]), g.constant(new Float32Array(3), [1, 1, 3]));
    g.output("y", g.add(x, 1));
    const model = readModel(g.build().bytes);
    expect([...nodesOf(model)].map(({ operator }) => operator)).toEqual(["Add"]);
    expect(model.proto.graph?.initializer.map(({ name }) => name)).toEqual(["constant/float32/1"]);
  });

  it("says what the model takes and gives", () => {
    const g = builder();
    const x = g.input("x", "float32", ["batch", 3, "height", "width"]);
    g.output("y", g.resize(x, { scales: [1, 1, 4, 4] }));
    const { inputs, outputs, externalFiles } = g.build();
    expect(inputs).toEqual([
      { name: "x", type: "float32", shape: ["batch", 3, "height", "width"] },
    ]);
    expect(outputs).toEqual([
      { name: "y", type: "float32", shape: ["batch", 3, "height*4", "width*4"] },
    ]);
    expect(externalFiles).toEqual([]);
  });

  it("can be called again after more was added", () => {
    const g = builder();
    const x = g.input("x", "float32", ["n"]);
    g.output("y", g.exp(x));
    const first = g.build();
    g.output("z", g.log(x));
    expect(readModel(g.build().bytes).outputs).toHaveLength(2);
    expect(readModel(first.bytes).outputs).toHaveLength(1);
  });

  it("gives the same bytes for the same graph", () => {
    const make = () => {
      const g = builder();
      const x = g.input("x", "float32", [1, 4, "h", "w"]);
      g.output("y", g.groupNorm(x, { groups: 2 }));
      return g.build().bytes;
    };
    expect(make()).toEqual(make());
  });

  it("needs an output", () => {
    expect(refusal(() => builder().build()).code).toBe("not-connected");
  });
});

describe("values", () => {
  it("of another builder are refused", () => {
    const other = builder().input("x", "float32", [1]);
    const g = builder();
    const x = g.input("x", "float32", [1]);
    expect(refusal(() => g.add(x, other)).code).toBe("foreign-value");
    expect(refusal(() => g.output("y", other)).code).toBe("foreign-value");
    expect(refusal(() => g.add(x, { name: "x", type: "float32", shape: [1] })).code).toBe(
      "foreign-value",
    );
  });

  it("of a loop's body stay inside it", () => {
    const g = builder();
    const x = g.input("x", "float32", [1]);
    let leaked = x;
    g.loop({
      tripCount: 2,
      carried: { x },
      body: (inner, _iteration, state) => {
        leaked = inner.add(state.x, 1);
        return { carried: { x: leaked } };
      },
    });
    expect(refusal(() => g.add(leaked, 1)).code).toBe("out-of-scope");
  });

  it("cannot be changed", () => {
    const x = builder().input("x", "float32", ["n"]);
    expect(Object.isFrozen(x)).toBe(true);
    expect(Object.isFrozen(x.shape)).toBe(true);
  });
});

describe("a refusal", () => {
  const g = builder();
  const picture = g.input("picture", "float32", [1, 3, "height", "width"]);
  const weight = g.input("weight", "float32", [8, 4, 3, 3]);
  const indices = g.input("indices", "int64", [2]);
  const row = g.input("row", "float32", [5]);

  it("names operator, node, inputs and shapes", () => {
    const error = refusal(() => g.scope("encoder").conv(picture, weight));
    expect(error.code).toBe("shape-mismatch");
    expect(error.operator).toBe("Conv");
    expect(error.nodeName).toBe("encoder/conv");
    expect(error.message).toBe(
      'Conv "encoder/conv": weight takes 4 channels, x has 3 (x is float32 [1, 3, height, width], weight is float32 [8, 4, 3, 3])',
    );
  });

  it.each([
    ["shape-mismatch", "broadcast", () => g.add(row, g.constant(new Float32Array(3), [3]))],
    ["type-mismatch", "types", () => g.add<"float32" | "int64">(row, indices)],
    ["type-mismatch", "family", () => g.sqrt(indices)],
    ["invalid-argument", "two numbers", () => g.add(1, 2)],
    ["shape-mismatch", "reshape", () => g.reshape(row, [2, 3])],
    ["shape-mismatch", "reshape rest", () => g.reshape(row, [2, -1])],
    ["invalid-argument", "reshape twice", () => g.reshape(row, [-1, -1])],
    ["invalid-argument", "unknown symbol", () => g.reshape(picture, [1, "depth", "breadth"])],
    ["shape-mismatch", "concat", () => g.concat([picture, weight], 0)],
    ["shape-mismatch", "concat ranks", () => g.concat([picture, row], 0)],
    ["invalid-argument", "concat nothing", () => g.concat([], 0)],
    ["shape-mismatch", "split", () => g.split(row, 2, 0)],
    ["shape-mismatch", "split sizes", () => g.split(row, [2, 2], 0)],
    ["invalid-argument", "axis", () => g.softmax(row, 1)],
    ["invalid-argument", "order", () => g.transpose(picture, [0, 1, 2, 2])],
    ["shape-mismatch", "squeeze", () => g.squeeze(picture, 1)],
    ["shape-mismatch", "expand", () => g.expand(row, [3])],
    ["invalid-argument", "tile", () => g.tile(row, [1, 2])],
    ["invalid-argument", "pads", () => g.pad(row, [0, 0], [0])],
    ["shape-mismatch", "pad away", () => g.pad(row, [-3], [-3])],
    ["invalid-argument", "slice", () => g.slice(row, { axis: 0, start: 4, end: 2 })],
    ["type-mismatch", "gather", () => g.gather(row, row)],
    ["invalid-argument", "gather outside", () => g.gather(row, 5)],
    ["shape-mismatch", "matMul", () => g.matMul(row, g.constant(new Float32Array(6), [2, 3]))],
    ["shape-mismatch", "einsum", () => g.einsum("ij->i", row)],
    ["invalid-argument", "einsum result", () => g.einsum("i->j", row)],
    ["shape-mismatch", "window", () => g.maxPool(g.reshape(row, [1, 1, 5]), { kernel: 6 })],
    ["invalid-argument", "stride", () => g.maxPool(picture, { kernel: 2, strides: 0 })],
    [
      "shape-mismatch",
      "bias",
      () => g.conv(picture, g.constant(new Float32Array(27), [1, 3, 3, 3]), { bias: row }),
    ],
    ["shape-mismatch", "groups", () => g.groupNorm(picture, { groups: 2 })],
    ["shape-mismatch", "depthToSpace", () => g.depthToSpace(picture, 2)],
    ["invalid-argument", "resize", () => g.resize(picture, {})],
    ["invalid-argument", "resize axes", () => g.resize(picture, { scales: [2, 2] })],
    ["shape-mismatch", "topK", () => g.topK(row, 6, 0)],
    ["shape-mismatch", "constant", () => g.constant(new Float32Array(3), [2])],
    [
      "shape-mismatch",
      "initializer",
      () => g.initializer({ type: "float32", shape: [2], bytes: new Uint8Array(4) }),
    ],
    [
      "shape-mismatch",
      "loop",
      () =>
        g.loop({
          tripCount: 1,
          carried: { row },
          body: (inner, _iteration, state) => ({
            carried: { row: inner.concat([state.row, state.row], 0) },
          }),
        }),
    ],
    [
      "type-mismatch",
      "branches",
      () =>
        g.if(g.less(g.gather(indices, 0), 1), {
          whenTrue: () => ({ row }),
          whenFalse: () => ({ row: indices }),
        }),
    ],
    ["unsupported", "opset", () => new GraphBuilder({ name: "old", opset: 16 })],
  ])("is %s for %s", (code, _label, build) => {
    expect(refusal(build).code).toBe(code);
  });
});

describe("element types", () => {
  it("are part of a value's type", () => {
    const g = builder();
    const x = g.input("x", "float32", ["n"]);
    const sum = g.add(1, g.mul(x, 2)) satisfies { readonly type: "float32" };
    const mask = g.less(sum, 0) satisfies { readonly type: "bool" };
    const whole = g.cast(mask, "int64") satisfies { readonly type: "int64" };
    const { carried } = g.loop({
      tripCount: 1,
      carried: { sum, whole },
      body: (_inner, _iteration, state) => ({ carried: state }),
    });
    carried.sum satisfies { readonly type: "float32" };
    carried.whole satisfies { readonly type: "int64" };
    expect(g.expectType(carried.whole, "int64")).toBe(carried.whole);
    expect(refusal(() => g.expectType(carried.whole, "bool")).code).toBe("type-mismatch");
  });
});

it("describes what the outputs need, with shapes and the weights that lie in files", () => {
  const g = builder();
  const x = g.input("x", "float32", [1, 3, "h", "w"]);
  const weight = g.initializer({
    type: "float32",
    shape: [8, 3, 3, 3],
    path: "/models/a.safetensors",
    offset: 64,
    byteLength: 8 * 27 * 4,
  });
  g.mul(x, 2);
  g.output("y", g.relu(g.conv(x, weight, { pads: 1 })));
  expect(g.describe()).toEqual({
    operators: [
      {
        operator: "Conv",
        inputs: [
          [1, 3, "h", "w"],
          [8, 3, 3, 3],
        ],
        outputs: [[1, 8, "h", "w"]],
      },
      { operator: "Relu", inputs: [[1, 8, "h", "w"]], outputs: [[1, 8, "h", "w"]] },
    ],
    weights: [{ path: "/models/a.safetensors", offset: 64, elements: 216 }],
  });
});
