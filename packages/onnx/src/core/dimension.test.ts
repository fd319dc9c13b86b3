import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDimensions,
  canonicalDimension,
  compareDimensions,
  type Dimension,
  divideDimension,
  evaluateDimension,
  floorDivideDimension,
  largerDimension,
  multiplyDimensions,
  substituteDimension,
  subtractDimensions,
} from "./dimension.js";

const withSymbols = {
  add: (size: Dimension, amount: number) => addDimensions(size, amount),
  multiply: (size: Dimension, amount: number) => multiplyDimensions(size, amount),
  divide: (size: Dimension, amount: number) => floorDivideDimension(size, amount),
  symbol: (size: Dimension) => addDimensions(size, "w"),
};

const withNumbers = {
  add: (size: number, amount: number) => size + amount,
  multiply: (size: number, amount: number) => size * amount,
  divide: (size: number, amount: number) => Math.floor(size / amount),
  symbol: (size: number, amount: number) => size + amount,
};

describe("dimensions", () => {
  it.each([
    [addDimensions("height", 1, "height"), "height*2+1"],
    [subtractDimensions("width", "width"), 0],
    [multiplyDimensions("width", 2, "height"), "height*width*2"],
    [multiplyDimensions(addDimensions("h", 1), addDimensions("h", -1)), "h*h-1"],
    [floorDivideDimension(multiplyDimensions("h", 4), 2), "h*2"],
    [floorDivideDimension(addDimensions("h", -1), 2), "floor((h+1)/2)-1"],
    [floorDivideDimension(addDimensions(multiplyDimensions("h", 2), 1), 2), "h"],
    [largerDimension("h", addDimensions("h", 2)), "h+2"],
    [largerDimension("b", "a"), "max(a,b)"],
    [canonicalDimension("width*2 + height - 3"), "height+width*2-3"],
    [canonicalDimension("height//8"), "floor(height/8)"],
    [canonicalDimension("2*(1+3)"), 8],
    [canonicalDimension("batch size"), "batch size"],
    [divideDimension("h*w*12", "h*3"), "w*4"],
    [divideDimension("h+1", "h+1"), 1],
    [divideDimension("h+1", 2), undefined],
  ])("%s is %s", (result, expected) => {
    expect(result).toBe(expected);
  });

  it("tells equal, different and unknown apart", () => {
    expect(compareDimensions("2*h", "h*2")).toBe("equal");
    expect(compareDimensions("h", "h+1")).toBe("different");
    expect(compareDimensions("h", "w")).toBe("unknown");
    expect(compareDimensions("h", 3)).toBe("unknown");
  });

  it("replaces symbols only when all are known", () => {
    expect(
      substituteDimension(
        "h*2+w",
        new Map([
          ["h", "a+1"],
          ["w", "b"],
        ]),
      ),
    ).toBe("a*2+b+2");
    expect(substituteDimension("h*w", new Map([["h", 2]]))).toBeUndefined();
  });

  it("computes with symbols as with their numbers", () => {
    const step = fc.tuple(
      fc.constantFrom("add", "multiply", "divide", "symbol"),
      fc.integer({ min: 1, max: 9 }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.nat(50), fc.nat(50), (steps, h, w) => {
        const sizes = new Map([
          ["h", h],
          ["w", w],
        ]);
        let symbolic: Dimension = "h";
        let number = h;
        for (const [kind, amount] of steps) {
          symbolic = withSymbols[kind](symbolic, amount);
          number = withNumbers[kind](number, kind === "symbol" ? w : amount);
        }
        expect(evaluateDimension(symbolic, sizes)).toBe(number);
        expect(canonicalDimension(symbolic)).toBe(symbolic);
      }),
      { seed: 4 },
    );
  });
});
