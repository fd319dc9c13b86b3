import fc from "fast-check";
import { expect, it } from "vitest";
import { evaluateExpression } from "./evaluate.js";

const outcomeOf = (text: string) => {
  const result = evaluateExpression(text);
  return result.ok ? result.value : result.fault.reason;
};

it.each([
  ["1 + 2 * 3", 7],
  ["(1 + 2) * 3", 9],
  ["2 ^ 3 ^ 2", 512],
  ["-2 ^ 2", -4],
  ["2 ^ -1", 0.5],
  ["50%", 0.5],
  ["200 * 25%", 50],
  ["sqrt(16) + min(3, 1, 2) - max(1, 5)", 0],
  ["2 * pi", 2 * Math.PI],
  ["3 × 4 ÷ 2 − 1", 5],
  ["  .5e1 ", 5],
  ["--3", 3],
])("%s is %d", (text, value) => {
  expect(outcomeOf(text)).toBeCloseTo(Number(value), 12);
});

it.each([
  ["", "empty", "", 0],
  ["1 +", "unfinished", "", 3],
  ["(1", "unfinished", "", 2],
  ["1 2", "unexpected", "2", 2],
  ["1 + )", "unexpected", ")", 4],
  ["2 & 3", "unknown-sign", "&", 2],
  ["foo + 1", "unknown-name", "foo", 0],
  ["constructor(1)", "unknown-name", "constructor", 0],
  ["sqrt(1, 2)", "argument-count", "sqrt", 0],
  ["1 / 0", "not-finite", "1 / 0", 0],
  ["sqrt(-1)", "not-finite", "sqrt(-1)", 0],
])("%s is refused: %s", (text, reason, piece, at) => {
  expect(evaluateExpression(text)).toEqual({ ok: false, fault: { reason, text: piece, at } });
});

it("refuses a text that is too long instead of exhausting the stack", () => {
  expect(outcomeOf("(".repeat(100_000))).toBe("too-long");
  expect(outcomeOf("(".repeat(200))).toBe("unfinished");
});

type Tree =
  | { readonly leaf: number }
  | { readonly sign: "+" | "-" | "*"; readonly left: Tree; readonly right: Tree };

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ leaf: fc.nat({ max: 99 }) }),
    fc.record({
      sign: fc.constantFrom("+" as const, "-" as const, "*" as const),
      left: tie("tree"),
      right: tie("tree"),
    }),
  ),
}));

const print = (node: Tree): string =>
  "leaf" in node ? String(node.leaf) : `(${print(node.left)}${node.sign}${print(node.right)})`;

const compute = (node: Tree): number => {
  if ("leaf" in node) return node.leaf;
  const [left, right] = [compute(node.left), compute(node.right)];
  if (node.sign === "+") return left + right;
  return node.sign === "-" ? left - right : left * right;
};

it("computes what a tree of operations computes", () => {
  fc.assert(
    fc.property(
      tree.filter((node) => print(node).length <= 200),
      (node) => {
        expect(outcomeOf(print(node))).toBe(compute(node) + 0);
      },
    ),
  );
});

it("reads back every number that JavaScript prints", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(outcomeOf(String(value))).toBe(value + 0);
    }),
  );
});

it("never throws, whatever is typed", () => {
  const typed = fc.string({
    unit: fc.constantFrom(..."0123.+-*/^(), %esqrtpimnax√π&"),
    maxLength: 40,
  });
  fc.assert(
    fc.property(fc.oneof(typed, fc.string()), (text) => {
      const result = evaluateExpression(text);
      expect(result.ok ? Number.isFinite(result.value) : result.fault.at >= 0).toBe(true);
    }),
    { numRuns: 500 },
  );
});
