import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openPlan, rowsOf } from "@diopter/laboratory";
import { registry } from "@diopter/nodes";
import { expect, it } from "vitest";
import { root, workspace } from "./support/diopter.js";

const { diopter, path } = workspace();
const folder = join(root, "plans");
const shipped = readdirSync(folder);
const examples = ["--pictures", join(root, "examples"), "--limit", "1", "--device", "cpu"];

it.each(shipped)("the rows of %s fit their workflows", async (name) => {
  const rows = await rowsOf(await openPlan(join(folder, name), root), registry);
  expect(rows.length).toBeGreaterThan(1);
  expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length);
});

interface Results {
  readonly curves: readonly { readonly points: readonly number[] }[];
  readonly items: readonly {
    readonly row: string;
    readonly values: Readonly<Record<string, number>>;
    readonly cost: {
      readonly evaluations: number;
      readonly macs: number;
      readonly parameters: number;
      readonly complete: boolean;
    };
  }[];
}

it("measures quality, cost and steps of real workflows, and does not measure again", async () => {
  const plan = JSON.parse(readFileSync(join(folder, "tss-figure1.json"), "utf8"));
  const workflows = plan.workflows.map((workflow: { readonly path: string }) => ({
    ...workflow,
    path: join(folder, workflow.path),
  }));
  const parameters = [{ name: "3 steps", set: { steps: 3 } }];
  writeFileSync(path("plan.json"), JSON.stringify({ ...plan, workflows, parameters }));
  const words = ["eval", path("plan.json"), "--output", path("results"), ...examples];
  const first = await diopter(words);
  expect(first.err).toContain("3 measured, 0 were measured before, 0 failed");
  expect(first.code).toBe(0);
  const results: Results = JSON.parse(readFileSync(path("results", "results.json"), "utf8"));
  expect(results.items.map(({ row }) => row)).toEqual([
    "Uniform, 3 steps",
    "TDS, 3 steps",
    "TDS + SDS, 3 steps",
  ]);
  for (const { values, cost } of results.items) {
    expect(values.psnr).toBeGreaterThan(10);
    expect(cost.evaluations).toBe(3);
    expect(cost.macs).toBeGreaterThan(1e8);
    expect(cost.parameters).toBeGreaterThan(1e6);
  }
  // How much the variance map mirrors its borders follows from no input.
  expect(results.items.map(({ cost }) => cost.complete)).toEqual([true, true, false]);
  // The last step is the result itself.
  for (const { points } of results.curves) expect(points).toHaveLength(2);
  expect(readFileSync(path("results", "report.html"), "utf8")).toContain("<polyline");

  const second = await diopter([...words, "--quiet"]);
  expect(second.err).toContain("0 measured, 3 were measured before, 0 failed");
});

it("counts every tile's evaluations, and what the regressor beside the denoiser costs", async () => {
  const plan = JSON.parse(readFileSync(join(folder, "adadiffsr-table7.json"), "utf8"));
  const whole = { path: join(root, "workflows/adadiffsr.json"), set: { tile: 8 } };
  const steps = { ...whole.set, steps: 3 };
  const workflows = [
    { ...whole, name: "plain", mute: ["gain", "policy", "injection"], set: steps },
    { ...whole, name: "with gains", mute: ["policy", "injection"], set: steps },
    { ...whole, name: "dynamic", mute: ["injection"] },
  ];
  writeFileSync(path("tiles.json"), JSON.stringify({ ...plan, workflows, measures: ["psnr"] }));
  const call = await diopter(["eval", path("tiles.json"), "--output", path("tiles"), ...examples]);
  expect(call.err).toContain("3 measured, 0 were measured before, 0 failed");
  const { items }: Results = JSON.parse(readFileSync(path("tiles", "results.json"), "utf8"));
  const [plain, gains, dynamic] = items.map(({ cost }) => cost);
  const tiles = (plain?.evaluations ?? 0) / 3;
  expect(tiles).toBe(1);
  expect(gains?.evaluations).toBe(plain?.evaluations);
  const more = (gains?.macs ?? 0) / (plain?.macs ?? 1);
  expect(more).toBeGreaterThan(1);
  expect(more).toBeLessThan(1.03);
  // The first two steps are the shortest, so no tile takes fewer than three.
  expect(dynamic?.evaluations).toBeGreaterThanOrEqual(3 * tiles);
  expect(dynamic?.evaluations).toBeLessThan(40 * tiles);
});

it("says which pictures are missing, and what to do", async () => {
  const plan = readFileSync(join(folder, "tss-table2.json"), "utf8");
  writeFileSync(path("absent.json"), plan.replaceAll("../../shared", "../nowhere"));
  const call = await diopter(["eval", path("absent.json")]);
  expect(call.code).toBe(4);
  expect(call.err).toContain("There are no pictures of BSD100-40");
  expect(call.err).toContain("--pictures");
});

it.each([
  [["eval"], 2],
  [["eval", "nowhere.json"], 4],
  [["eval", join(folder, "tss-table2.json"), "--limit", "none"], 2],
])("refuses %j", async (words, code) => {
  expect(await diopter(words)).toMatchObject({ code });
});
