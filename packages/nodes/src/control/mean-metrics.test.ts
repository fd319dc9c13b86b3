import { defineNode, integer, metrics } from "@diopter/engine";
import { expect, test } from "vitest";
import { runNodes } from "./control-run.test-support.js";
import { meanMetrics } from "./mean-metrics.js";

const measurements = defineNode({
  type: "test/measurements",
  version: 1,
  title: "Measurements",
  help: "As many as wished.",
  inputs: {},
  params: { count: integer({ default: 3 }) },
  outputs: { metrics: metrics({ list: true }) },
  run: async (_inputs, { count }) => ({
    metrics: Array.from({ length: count }, (_, place) =>
      place === 0 ? { psnr: 20, ssim: 0.5 } : { psnr: 20 + 3 * place },
    ),
  }),
});

const run = (count: number) =>
  runNodes(
    {
      all: { type: "test/measurements", params: { count } },
      mean: { type: "control/mean-metrics", inputs: { metrics: ["all", "metrics"] } },
    },
    [measurements, meanMetrics],
    "/",
    { values: ["mean"] },
  );

test("averages what every item has", async () => {
  const report = await run(3);
  expect(report.values.mean?.[0]?.outputs.metrics).toEqual({ psnr: 23 });
});

test("refuses to average nothing", async () => {
  expect((await run(0)).error).toMatchObject({ code: "node/invalid-value", port: "metrics" });
});
