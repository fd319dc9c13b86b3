import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Leases, MemoryCache } from "@diopter/engine";
import { registry } from "@diopter/nodes";
import { describe, expect, test } from "vitest";
import { choosePictures, openPlan } from "../plan/index.js";
import { writeReport } from "../report/index.js";
import { idleDevice, temporaryFolder, writeExample } from "../testing/synthetic.js";
import { type EvaluationProgress, evaluate } from "./index.js";

async function run(
  path: string,
  options: {
    readonly stopAfter?: number;
    readonly resume?: boolean;
    readonly cache?: MemoryCache;
    readonly leases?: Leases;
  } = {},
) {
  const opened = await openPlan(path, "/");
  const { pictures } = await choosePictures(opened, {});
  const controller = new AbortController();
  const progress: EvaluationProgress[] = [];
  const evaluation = await evaluate({
    opened,
    pictures,
    registry,
    device: idleDevice,
    cache: options.cache,
    leases: options.leases,
    readable: [],
    output: join(opened.folder, "output"),
    resume: options.resume ?? true,
    signal: controller.signal,
    onProgress: (state) => {
      progress.push(state);
      if (state.done === options.stopAfter) controller.abort();
    },
  });
  return { evaluation, progress, opened };
}

describe("evaluate", () => {
  test("measures every row on every picture, and does not measure again", async () => {
    const path = await writeExample(temporaryFolder());
    const first = await run(path);
    expect(first.evaluation).toMatchObject({ failures: [], resumed: 0, cancelled: false });
    expect(first.evaluation.items).toHaveLength(6);
    expect(first.progress.at(-1)).toMatchObject({ done: 5, total: 6 });
    const [area, bicubic] = first.evaluation.items;
    expect(area).toMatchObject({ row: "Enlarge, area", picture: "0", cost: { evaluations: 0 } });
    expect(bicubic?.values.psnr).toBeGreaterThan(area?.values.psnr ?? 100);
    // 64 pixels are too few for NIQE's blocks.
    expect(Object.keys(area?.values ?? {})).toEqual([
      "psnr",
      "ssim",
      "lowBand",
      "middleBand",
      "highBand",
    ]);

    const second = await run(path);
    expect(second.evaluation.resumed).toBe(6);
    expect(second.evaluation.items).toEqual(first.evaluation.items);
    expect((await run(path, { resume: false })).evaluation.resumed).toBe(0);
  });

  test("goes on where it was cancelled", async () => {
    const path = await writeExample(temporaryFolder());
    const cut = await run(path, { stopAfter: 3 });
    expect(cut.evaluation).toMatchObject({ cancelled: true, failures: [] });
    expect(cut.evaluation.items).toHaveLength(3);
    const rest = await run(path);
    expect(rest.evaluation).toMatchObject({ cancelled: false, resumed: 3 });
    expect(rest.evaluation.items).toHaveLength(6);
  });

  test("measures anew what has changed, and only that", async () => {
    const folder = temporaryFolder();
    const path = await writeExample(folder);
    await run(path);
    const plan = await readFile(path, "utf8");
    await writeFile(path, plan.replace('{"filter":"area"}', '{"filter":"lanczos"}'));
    expect((await run(path)).evaluation.resumed).toBe(3);
    await writeFile(path, plan.replace('"preset":"bicubic"', '"preset":"light"'));
    expect((await run(path)).evaluation.resumed).toBe(0);
  });

  test("goes on after a picture that cannot be read, and tells of it", async () => {
    const folder = temporaryFolder();
    const path = await writeExample(folder);
    await writeFile(join(folder, "sharp", "1.png"), "no picture");
    const { evaluation } = await run(path);
    expect(evaluation.items).toHaveLength(4);
    expect(evaluation.failures).toMatchObject([
      { picture: "1", error: { code: "image/not-an-image" } },
    ]);
  });
});

test("an evaluation holds no picture that it has measured", async () => {
  const folder = temporaryFolder();
  const path = await writeExample(folder);
  const leases = new Leases();
  const cache = new MemoryCache({ maxBytes: 64 << 20, leases });
  const { evaluation } = await run(path, { cache, leases });
  expect(evaluation.items).toHaveLength(6);
  expect(leases.size).toBeGreaterThan(0);
  cache.clear();
  expect(leases.size).toBe(0);
  // Rows whose results have another size than the sharp picture fail only after they have run.
  const workflow = await readFile(join(folder, "enlarge.json"), "utf8");
  await writeFile(join(folder, "enlarge.json"), workflow.replace('"scale":4', '"scale":2'));
  expect((await run(path, { cache, leases })).evaluation.failures).toHaveLength(6);
  cache.clear();
  expect(leases.size).toBe(0);
});

describe("the report", () => {
  test("is one HTML file without references to anything outside, with every row", async () => {
    const path = await writeExample(temporaryFolder(), 6);
    const { evaluation, opened } = await run(path);
    const written = await writeReport({
      plan: opened.plan,
      evaluation,
      output: join(opened.folder, "output"),
      device: "no device",
      version: "0",
      notes: ["A <note> & more."],
    });
    const html = await readFile(written.html, "utf8");
    expect(html).toContain("<h1>Filters &lt;compared&gt;</h1>");
    expect(html).toContain("A &lt;note&gt; &amp; more.");
    expect(html).toContain('<td class="better">');
    expect(html).toContain("<svg");
    for (const attribute of html.match(/(?:src|href|url\()\s*=?\s*["']?[^"')>\s]*/g) ?? []) {
      expect(attribute).toMatch(/^src="data:image\/png;base64,/);
    }
    expect(html).not.toMatch(/<script|<link|@import|https?:/);
    // Input, two rows and the sharp picture of each of three pictures.
    expect(html.match(/<img /g)).toHaveLength(12);

    const csv = (await readFile(written.csv, "utf8")).split("\r\n");
    expect(csv).toHaveLength(14);
    expect(csv[1]).toMatch(/^"Enlarge, area",stripes,0,bicubic,0,\d/);
    expect(JSON.parse(await readFile(written.json, "utf8"))).toMatchObject({
      groups: [{ name: "All pictures", rows: [{ row: "Enlarge, area" }, {}] }],
    });
  });
});
