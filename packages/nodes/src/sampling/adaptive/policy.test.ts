import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { categoryOf, type DynamicPolicy, decide, type Gain } from "./policy.js";

const threshold = 0.005;
const [up, flat, down] = [0.02, 0.004, -0.02];

describe("categories", () => {
  test.each([
    // fidelity, naturalness, first half, second half
    [up, up, "growing", "growing"],
    [up, flat, "growing", "stable"],
    [up, down, "growing", "saturated"],
    [flat, up, "still", "mixed"],
    [flat, flat, "still", "still"],
    [flat, down, "still", "saturated"],
    [down, up, "mixed", "mixed"],
    [down, flat, "mixed", "mixed"],
    [down, down, "mixed", "saturated"],
  ] as const)("fidelity %d, naturalness %d: %s, then %s", (full, none, first, second) => {
    const gain = { fullReference: full, noReference: none };
    expect(categoryOf(gain, "first", threshold)).toBe(first);
    expect(categoryOf(gain, "second", threshold)).toBe(second);
  });

  test("a gain of the threshold itself is none, in either direction", () => {
    for (const sign of [-1, 1]) {
      const gain = { fullReference: sign * threshold, noReference: sign * threshold };
      expect(categoryOf(gain, "second", threshold)).toBe("still");
    }
  });
});

const policy: DynamicPolicy = {
  threshold,
  intervals: { growing: 5, mixed: 10, stable: 15, still: 20 },
  start: 1000,
  leaveEarly: true,
};

describe("decisions", () => {
  test("the first step is the shortest, whatever comes", () => {
    expect(decide(policy, 1000, undefined, 1000)).toEqual({
      leave: false,
      category: "growing",
      to: 995,
    });
  });

  test("the half is that of the step that was measured", () => {
    const gain: Gain = { fullReference: 0, noReference: down };
    expect(decide(policy, 500, { from: 501, gain }, 1000)).toMatchObject({ leave: false });
    expect(decide(policy, 480, { from: 500, gain }, 1000)).toMatchObject({ leave: true });
  });

  test("where leaving is off, what is saturated goes on as mixed", () => {
    const gain: Gain = { fullReference: up, noReference: down };
    const decision = decide({ ...policy, leaveEarly: false }, 300, { from: 310, gain }, 1000);
    expect(decision).toEqual({ leave: false, category: "mixed", to: 290 });
  });

  test("the last step ends at 0", () => {
    const gain: Gain = { fullReference: 0, noReference: 0 };
    expect(decide(policy, 12.5, { from: 20, gain }, 1000)).toMatchObject({ to: 0 });
  });
});

const gains = fc.record({
  fullReference: fc.double({ min: -1, max: 1, noNaN: true }),
  noReference: fc.double({ min: -1, max: 1, noNaN: true }),
});
const intervals = fc.double({ min: 0.1, max: 400, noNaN: true });

test("whatever is gained, timesteps fall strictly, and end at 0 or with leaving", () => {
  fc.assert(
    fc.property(
      fc.record({ growing: intervals, mixed: intervals, stable: intervals, still: intervals }),
      fc.array(gains, { minLength: 1, maxLength: 20 }),
      fc.boolean(),
      (own, told, leaveEarly) => {
        const shortest = Math.min(...Object.values(own));
        const most = Math.ceil(1000 / shortest) + 1;
        let at = 1000;
        let last: { readonly from: number; readonly gain: Gain } | undefined;
        let steps = 0;
        while (at > 0 && steps <= most) {
          const decision = decide({ ...policy, intervals: own, leaveEarly }, at, last, 1000);
          if (decision.leave) return leaveEarly && last !== undefined;
          if (decision.to >= at) return false;
          const gain = told[steps % told.length] ?? { fullReference: 0, noReference: 0 };
          last = { from: at, gain };
          at = decision.to;
          steps += 1;
        }
        return at === 0;
      },
    ),
  );
});
