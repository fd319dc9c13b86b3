import { beforeAll, describe, expect, it } from "vitest";
import { evaluateDimension } from "../core/dimension.js";
import type { ValueDescription } from "../core/model-description.js";
import { isValue, type Value } from "../core/value.js";
import { GraphBuilder } from "../graph-builder.js";
import { dtypeOf } from "../safetensors/dtype.js";
import {
  type Exercise,
  evaluateByReference,
  evaluateByRuntime,
  hasReference,
  type Judged,
  type Results,
} from "./judges.js";
import type { OperatorCase } from "./operator-case.js";
import { operatorCases } from "./operator-cases/index.js";

const tolerance = 1e-5;
const opsets = [17, 18, 20];

function exercise(example: OperatorCase, opset: number): Exercise {
  const g = new GraphBuilder({ name: example.label, opset });
  const inputs = new Map<string, Value>();
  for (const [name, { tensor, declared }] of Object.entries(example.inputs)) {
    inputs.set(name, g.input(name, tensor.type, declared));
  }
  const results = example.build(g, (name) => {
    const value = inputs.get(name);
    if (value === undefined) throw new Error(`no input ${name}`);
    return value;
  });
  for (const [index, value] of (isValue(results) ? [results] : results).entries()) {
    g.output(`result ${index}`, value);
  }
  const tensors = Object.entries(example.inputs).map(
    ([name, { tensor }]) => [name, tensor] as const,
  );
  return { model: g.build(), inputs: Object.fromEntries(tensors) };
}

const cases = operatorCases.flatMap((example) =>
  (example.opsets ?? opsets).map((opset) => ({
    name: `${example.method} ${example.label} (opset ${opset})`,
    example,
    opset,
  })),
);

const judgedCases = cases.filter(({ example }) => example.withoutReference === undefined);

const ready = hasReference();
if (!ready) {
  process.stderr.write(
    "skipped the reference evaluator: this Python has no onnx (DIOPTER_PYTHON)\n",
  );
}

describe("operators", () => {
  it("each have a case", () => {
    const covered = new Set(operatorCases.map(({ method }) => method));
    expect(publicOperators().filter((method) => !covered.has(method))).toEqual([]);
  });

  it("have cases with different names", () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });
});

describe("ONNX Runtime", () => {
  it.each(cases)("$name has the declared type and shape", async ({ example, opset }) => {
    const built = exercise(example, opset);
    expectDeclared(built.model.outputs, await evaluateByRuntime(built), sizesOf(example));
  });
});

describe.skipIf(!ready)("ONNX's checker and reference evaluator", () => {
  let references: ReadonlyMap<string, Results | Error> = new Map();

  beforeAll(() => {
    references = evaluateByReference(
      new Map(judgedCases.map(({ name, example, opset }) => [name, exercise(example, opset)])),
    );
  }, 120_000);

  it.each(judgedCases)("$name agrees with ONNX Runtime", async ({ name, example, opset }) => {
    const reference = references.get(name);
    if (!(reference instanceof Map)) throw reference ?? new Error("no result");
    const runtime = await evaluateByRuntime(exercise(example, opset));
    expect([...runtime.keys()].sort()).toEqual([...reference.keys()].sort());
    for (const [output, expected] of reference) expectClose(runtime.get(output), expected);
  });
});

/** The sizes that the case's inputs give to plain symbols. */
function sizesOf(example: OperatorCase): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { tensor, declared } of Object.values(example.inputs)) {
    for (const [axis, size] of declared.entries()) {
      if (typeof size === "string") sizes.set(size, tensor.shape[axis] ?? 1);
    }
  }
  return sizes;
}

function expectDeclared(
  declared: readonly ValueDescription[],
  results: Results,
  sizes: ReadonlyMap<string, number>,
): void {
  for (const { name, type, shape } of declared) {
    const actual = results.get(name);
    expect(actual?.type).toBe(dtypeOf(type));
    const expected = shape.map((size, axis) => {
      const isOpen = typeof size === "string" && size.includes("unknown.");
      return isOpen ? actual?.shape[axis] : evaluateDimension(size, sizes);
    });
    expect(actual?.shape).toEqual(expected);
  }
}

function expectClose(actual: Judged | undefined, expected: Judged): void {
  expect(actual?.type).toBe(expected.type);
  expect(actual?.shape).toEqual(expected.shape);
  for (const [index, value] of expected.values.entries()) {
    const difference = Math.abs((actual?.values[index] ?? Number.NaN) - value);
    expect(difference, `element ${index}`).toBeLessThanOrEqual(tolerance * (1 + Math.abs(value)));
  }
}

/** The builder's methods, less those that are no operators. */
function publicOperators(): string[] {
  const methods: string[] = [];
  let prototype: unknown = GraphBuilder.prototype;
  while (prototype instanceof Object && prototype !== Object.prototype) {
    const descriptors = Object.entries(Object.getOwnPropertyDescriptors(prototype));
    methods.push(...descriptors.flatMap(([name, { get }]) => (get === undefined ? [name] : [])));
    prototype = Object.getPrototypeOf(prototype);
  }
  return methods.filter((name) => !noOperators.has(name));
}

const noOperators = new Set([
  "constructor",
  // of the graph
  "input",
  "output",
  "build",
  "describe",
  "scope",
  "expectType",
  // protected
  "begin",
  "qualify",
  "refuse",
  "numbers",
  "shared",
  "store",
  "operand",
  "pair",
  "int64Vector",
  "freshSizes",
  "shapeVector",
  "knownSizes",
]);
