import fc from "fast-check";
import { expect, test } from "vitest";
import { readRecipe } from "./read-recipe.js";

const blur = { kind: "blur", kernel: "gaussian", size: 7, sigmaX: 1, sigmaY: 1, rotation: 0 };
const noise = { kind: "gaussian-noise", sigma: 3, gray: true, stream: 0 };

test("keeps what is known and drops the rest", () => {
  const read = readRecipe({ seed: 5, operations: [{ ...noise, remark: "x" }], author: "y" });
  expect(read).toEqual({ seed: 5, operations: [noise] });
});

test.each([
  [null, "recipe"],
  [[], "recipe"],
  [{ seed: 0 }, "operations"],
  [{ seed: -1, operations: [] }, "seed"],
  [{ seed: 0.5, operations: [] }, "seed"],
  [{ seed: 0, operations: [null] }, "operation 1"],
  [{ seed: 0, operations: [blur, { kind: "melt" }] }, "kind"],
  [{ seed: 0, operations: [{ ...blur, size: 8 }] }, "size"],
  [{ seed: 0, operations: [{ ...blur, size: 1001 }] }, "size"],
  [{ seed: 0, operations: [{ ...blur, kernel: "box" }] }, "kernel"],
  [{ seed: 0, operations: [{ ...blur, sigmaX: 0 }] }, "sigmaX"],
  [{ seed: 0, operations: [{ kind: "resize", width: 1e9, height: 1, filter: "area" }] }, "width"],
  [{ seed: 0, operations: [{ ...noise, gray: "no" }] }, "gray"],
  [{ seed: 0, operations: [{ kind: "jpeg", quality: 101 }] }, "quality"],
  [{ seed: 0, operations: Array.from({ length: 65 }, () => blur) }, "operations"],
])("refuses %j: its %s", (value, name) => {
  expect(() => readRecipe(value)).toThrow(
    expect.objectContaining({
      code: "node/invalid-value",
      message: expect.stringContaining(`The degradation recipe's ${name} is`),
    }),
  );
});

test("any JSON is read or refused by a typed error", () => {
  const operation = fc.oneof(
    fc.jsonValue(),
    fc.record({ kind: fc.string(), size: fc.jsonValue() }),
  );
  const recipe = fc.record({ seed: fc.jsonValue(), operations: fc.array(operation) });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), recipe), (value) => {
      try {
        expect(readRecipe(value).operations.length).toBeLessThanOrEqual(64);
      } catch (error) {
        expect(error).toMatchObject({ code: "node/invalid-value" });
      }
    }),
  );
});
