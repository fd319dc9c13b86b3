import fc from "fast-check";
import { expect, it } from "vitest";
import { checkPublicName, suggestPublicName } from "./public-name.js";

it("takes the parameter's name while it is free, then the node's too, then a number", () => {
  const taken = new Set<string>();
  for (const expected of ["scale", "enlarge-scale", "enlarge-scale-2", "enlarge-scale-3"]) {
    const name = suggestPublicName("enlarge", "scale", taken);
    expect(name).toBe(expected);
    taken.add(name);
  }
});

it("only suggests names that are allowed", () => {
  const names = fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.constant("größe 4×"));
  fc.assert(
    fc.property(names, names, fc.array(names), (node, name, used) => {
      const taken = new Set(used);
      for (let round = 0; round < 4; round += 1) {
        const suggested = suggestPublicName(node, name, taken);
        expect(checkPublicName(suggested, taken)).toBeUndefined();
        taken.add(suggested);
      }
    }),
  );
});

it("refuses what is taken and what the document's format refuses", () => {
  expect(checkPublicName("steps", new Set(["steps"]))).toMatch(/"steps"/);
  for (const name of ["", "1st", "two words", "a.b", "x".repeat(65)]) {
    expect(checkPublicName(name, new Set())).toMatch(/letter/);
  }
});
