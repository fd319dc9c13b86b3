import { expect, test } from "vitest";
import { MemoryCache } from "../cache/index.js";
import { chainOf, optionsFor } from "./example-run.test-support.js";
import { runWorkflow } from "./run-workflow.js";

test("a chain of 10,000 nodes runs, and runs nothing when it is run again", async () => {
  const cache = new MemoryCache({ maxBytes: 1 << 28 });
  const options = optionsFor(chainOf(10_000), { cache, values: ["n9999"] });
  const first = await runWorkflow(options);
  expect(first.status).toBe("succeeded");
  expect(first.summary.executed).toBe(10_000);
  expect(first.values.n9999?.[0]?.outputs.sum).toBe(9999);
  const again = await runWorkflow(options);
  expect(again.summary).toMatchObject({ executed: 0, cached: 10_000, skipped: 0, failed: 0 });
  expect(again.values.n9999?.[0]?.outputs.sum).toBe(9999);
});
