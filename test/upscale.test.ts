import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readEmbeddedWorkflow } from "@diopter/nodes";
import sharp from "sharp";
import { expect, it } from "vitest";
import { root, workspace } from "./support/diopter.js";

const { diopter, path } = workspace();
const workflow = join(root, "workflows/upscale.json");
const example = (name: string) => join(root, "examples", name);

interface NodeOutcome {
  readonly status: string;
  readonly notes: readonly string[];
}

interface Report {
  readonly items: readonly {
    readonly report: { readonly nodes: Readonly<Record<string, NodeOutcome>> };
  }[];
}

async function upscale(picture: string, result: string, ...more: string[]) {
  const words = ["run", workflow, "--device", "cpu", "--report", "report.json"];
  const call = await diopter([...words, "--image", example(picture), "--output", result, ...more]);
  expect(call.err).not.toContain("diopter:");
  expect(call.code).toBe(0);
  const report: Report = JSON.parse(readFileSync(path("report.json"), "utf8"));
  return report.items[0]?.report.nodes ?? {};
}

it("makes a picture four times as large, the same bytes each time, and remembers", async () => {
  const first = await upscale("cottage-64x64.png", "one.png", "--seed", "7", "--steps", "2");
  expect(first).toMatchObject({ encode: { status: "executed" }, sample: { status: "executed" } });
  expect(await sharp(path("one.png")).metadata()).toMatchObject({ width: 256, height: 256 });

  await upscale("cottage-64x64.png", "two.png", "--seed", "7", "--steps", "2", "--no-cache");
  expect(readFileSync(path("two.png"))).toEqual(readFileSync(path("one.png")));

  const third = await upscale(
    "cottage-64x64.png",
    "three.png",
    "--seed",
    "7",
    "--set",
    "sample.steps=3",
  );
  expect(third).toMatchObject({ encode: { status: "cached" }, sample: { status: "executed" } });

  const fourth = await upscale("cottage-64x64.png", "four.png", "--seed", "8", "--steps", "2");
  expect(fourth).toMatchObject({ encode: { status: "cached" }, sample: { status: "executed" } });
  expect(readFileSync(path("four.png"))).not.toEqual(readFileSync(path("one.png")));
});

it("puts the workflow into the result, without the places of files", async () => {
  const text = await readEmbeddedWorkflow(path("one.png"));
  expect(text).toContain('"seed":7');
  expect(text).toContain("cottage-64x64.png");
  expect(text).not.toContain(root);
  expect(text).not.toContain(path());
});

it.each([
  ["sign-127x95.png", { width: 508, height: 380, channels: 3, depth: "uchar" }],
  ["tree-alpha-90x101.png", { width: 360, height: 404, channels: 4, hasAlpha: true }],
  ["dusk-gray-16bit-33x47.png", { width: 132, height: 188, channels: 1, depth: "ushort" }],
  ["orchard-rotated-96x64.jpg", { width: 384, height: 256 }],
  ["orchard-p3-96x64.jpg", { width: 384, height: 256, hasProfile: true }],
])("keeps what %s is", async (picture, expected) => {
  const upright = await sharp(example(picture)).autoOrient().toBuffer({ resolveWithObject: true });
  await upscale(picture, "kept.png", "--steps", "1");
  const found = await sharp(path("kept.png")).metadata();
  expect(found).toMatchObject(expected);
  expect([found.width, found.height]).toEqual([4 * upright.info.width, 4 * upright.info.height]);
});

it("writes the other formats", async () => {
  for (const [name, format] of [
    ["a.jpg", "jpeg"],
    ["a.webp", "webp"],
    ["a.tif", "tiff"],
  ] as const) {
    await upscale("cottage-64x64.png", name, "--seed", "7", "--steps", "2");
    expect(await sharp(path(name)).metadata()).toMatchObject({ format, width: 256 });
  }
  expect(existsSync(path("a.jpg.part"))).toBe(false);
});

it("takes a workflow out of the picture that it made", async () => {
  const again = ["run", path("one.png"), "--device", "cpu", "--quiet"];
  const call = await diopter([
    ...again,
    ...["--image", example("cottage-64x64.png"), "--output", "again.png"],
  ]);
  expect(call.code).toBe(0);
  expect(readFileSync(path("again.png"))).toEqual(readFileSync(path("one.png")));
  expect(await diopter(["check", example("cottage-64x64.png")])).toMatchObject({ code: 3 });
});

it("measures where nothing is saved", async () => {
  const words = ["run", join(root, "workflows/evaluate.json"), "--device", "cpu", "--quiet"];
  const call = await diopter([
    ...words,
    ...["--image", example("cottage-64x64.png"), "--preset", "bicubic", "--steps", "1"],
  ]);
  expect(call.out).toMatch(/^mean\.metrics\.psnr {2}\d+\.\d+$/m);
  const interpolated = /^mean-interpolated\.metrics\.psnr {2}(\d+\.\d+)$/m.exec(call.out)?.[1];
  expect(Number(interpolated)).toBeGreaterThan(20);
});

it("goes on with smaller tiles where memory runs out, and says so", async () => {
  writeFileSync(path("config.json"), JSON.stringify({ memoryBudget: 30_000_000 }));
  const nodes = await upscale("orchard-192x128.jpg", "little.png", "--steps", "1", "--no-cache");
  writeFileSync(path("config.json"), "{}");
  expect(nodes.sample?.notes.join()).toMatch(/ran out of memory .* tiles of \d+ are used/);
  expect(await sharp(path("little.png")).metadata()).toMatchObject({ width: 768, height: 512 });
});
