import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseWorkflow } from "@diopter/engine";
import { registry } from "@diopter/nodes";
import sharp from "sharp";
import { expect, it } from "vitest";
import { root, workspace } from "./support/diopter.js";

const { diopter, path } = workspace();
const folder = join(root, "workflows");
const shipped = readdirSync(folder).filter(
  (name) => name.endsWith(".json") && !name.endsWith(".schema.json"),
);

interface Report {
  readonly items: readonly {
    readonly report: { readonly nodes: Readonly<Record<string, { readonly status: string }>> };
  }[];
}

it("workflows ship", () => {
  expect(shipped).toEqual(expect.arrayContaining(["tds.json", "tss.json", "upscale.json"]));
});

it.each(shipped)("%s runs; the picture it writes is four times as large", async (name) => {
  const document = parseWorkflow(readFileSync(join(folder, name), "utf8"), registry);
  const result = path(`${name}.png`);
  const wanted = {
    image: join(root, "examples/cottage-64x64.png"),
    output: result,
    // One step would be the same by every schedule.
    steps: "2",
  };
  const names = document.interface ?? {};
  const options = Object.entries(wanted).filter(([option]) => Object.hasOwn(names, option));
  const words = ["run", join(folder, name), "--device", "cpu", "--report", path("report.json")];
  const call = await diopter([
    ...words,
    ...options.flatMap(([option, value]) => [`--${option}`, value]),
  ]);
  expect(call.err).not.toContain("diopter:");
  expect(call.code).toBe(0);
  const report: Report = JSON.parse(readFileSync(path("report.json"), "utf8"));
  const running = Object.keys(document.nodes).filter((id) => document.nodes[id]?.mode !== "muted");
  const nodes = report.items[0]?.report.nodes ?? {};
  const statuses = running.map((id) => nodes[id]?.status);
  expect(["executed", "cached"]).toEqual(expect.arrayContaining([...new Set(statuses)]));
  if (!Object.hasOwn(names, "output")) return;
  expect(await sharp(result).metadata()).toMatchObject({ width: 256, height: 256 });
});
