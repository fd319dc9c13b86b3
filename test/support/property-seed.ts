import fc from "fast-check";

// The same cases at every run, so that a failure comes of a change. CONTRIBUTING.md tells how to draw others.
const seed = process.env.DIOPTER_TEST_SEED ?? "1";
const runs = process.env.DIOPTER_TEST_RUNS;

fc.configureGlobal({
  ...(seed === "random" ? {} : { seed: Number(seed) }),
  ...(runs === undefined ? {} : { numRuns: Number(runs) }),
});
