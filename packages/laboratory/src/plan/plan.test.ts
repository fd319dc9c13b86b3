import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { registry } from "@diopter/nodes";
import { describe, expect, test } from "vitest";
import { examplePlan, temporaryFolder, writeExample, writePictures } from "../testing/synthetic.js";
import { choosePictures, openPlan, parsePlan, rowsOf } from "./index.js";

const changed = (change: object) => JSON.stringify({ ...examplePlan, ...change });

describe("parsePlan", () => {
  test("fills in what a plan leaves out", () => {
    expect(parsePlan(JSON.stringify(examplePlan))).toMatchObject({
      seeds: [0],
      border: 0,
      steps: false,
      degradations: [{ scale: 4, seed: 0, sharpen: false }],
      workflows: [{ image: "image", seed: "seed", set: {} }],
    });
  });

  test.each([
    ["{", "document/not-json", undefined],
    ["[]", "document/invalid", ""],
    [changed({ measures: ["lpips"] }), "document/invalid", "/measures/0"],
    [changed({ seeds: [-1] }), "document/invalid", "/seeds/0"],
    [changed({ pictures: [] }), "document/invalid", "/pictures"],
    [changed({ measure: ["psnr"] }), "document/invalid", ""],
    [changed({ diopterPlan: 2 }), "document/invalid", "/diopterPlan"],
    [
      changed({ workflows: [...examplePlan.workflows, ...examplePlan.workflows] }),
      "document/invalid",
      "/workflows/1/name",
    ],
  ])("refuses %j", (text, code, path) => {
    expect(() => parsePlan(text)).toThrow(expect.objectContaining({ code, path }));
  });

  test("says that there is no such plan", async () => {
    await expect(openPlan("nowhere.json", temporaryFolder())).rejects.toMatchObject({
      code: "file/not-found",
    });
  });
});

describe("choosePictures", () => {
  test("takes folders in turns up to the limit, and tells which are not there", async () => {
    const folder = temporaryFolder();
    await writePictures(join(folder, "a"), 3, 8);
    await writePictures(join(folder, "b"), 1, 8);
    const pictures = ["a", "b", "c"].map((name) => ({ name, folder: name }));
    const plan = parsePlan(changed({ pictures }));
    const chosen = await choosePictures({ path: "", folder, plan }, { limit: 3 });
    expect(chosen.pictures.map(({ set, name }) => `${set}/${name}`)).toEqual(["a/0", "b/0", "a/1"]);
    expect(chosen.notes).toEqual(['There are no pictures of c at "c".']);
    const other = await choosePictures(
      { path: "", folder: "/nowhere", plan },
      { folder: join(folder, "b") },
    );
    expect(other.pictures).toMatchObject([{ set: "b", name: "0" }]);
    await rm(join(folder, "a"), { recursive: true });
    await rm(join(folder, "b"), { recursive: true });
    await expect(choosePictures({ path: "", folder, plan }, {})).rejects.toMatchObject({
      code: "file/not-found",
      remedy: expect.stringContaining("--pictures"),
    });
  });
});

describe("rowsOf", () => {
  test("is workflows × parameters, the first first", async () => {
    const opened = await openPlan("plan.json", await exampleFolder());
    const rows = await rowsOf(opened, registry);
    expect(rows.map(({ name }) => name)).toEqual(["Enlarge, area", "Enlarge, bicubic"]);
    expect(rows[0]?.document.nodes.enlarge?.params).toMatchObject({ filter: "area" });
    expect(rows[0]?.result).toEqual(["enlarge", "image"]);
  });

  test("mutes what a row is to do without, and nothing else", async () => {
    const folder = await exampleFolder();
    const modes = async (mute: readonly string[] | undefined) => {
      const workflows = [{ name: "x", path: "enlarge.json", mute, result: "enlarge.image" }];
      const plan = parsePlan(changed({ workflows }));
      const [row] = await rowsOf({ path: "", folder, plan }, registry);
      return Object.entries(row?.document.nodes ?? {}).flatMap(([id, { mode }]) =>
        mode === undefined ? [] : [`${id} ${mode}`],
      );
    };
    const path = join(folder, "enlarge.json");
    const document = JSON.parse(await readFile(path, "utf8"));
    document.nodes.save.mode = "muted";
    await writeFile(path, JSON.stringify(document));
    expect(await modes(undefined)).toEqual(["save muted"]);
    expect(await modes([])).toEqual([]);
    expect(await modes(["photo"])).toEqual(["photo muted"]);
  });

  test.each([
    [
      { workflows: [{ name: "x", path: "enlarge.json", mute: ["nothing"] }] },
      "document/unknown-node",
    ],
    [{ parameters: [{ name: "", set: { filtre: "area" } }] }, "usage/unknown-option"],
    [{ parameters: [{ name: "", set: { filter: "cubic" } }] }, "document/invalid-parameter"],
    [{ workflows: [{ name: "x", path: "x.json" }] }, "file/not-found"],
    [
      { workflows: [{ name: "x", path: "enlarge.json", result: "save.path" }] },
      "document/unknown-port",
    ],
  ])("refuses %j", async (change, code) => {
    const folder = await exampleFolder();
    const plan = parsePlan(changed(change));
    await expect(rowsOf({ path: "", folder, plan }, registry)).rejects.toMatchObject({ code });
  });
});

async function exampleFolder(): Promise<string> {
  const folder = temporaryFolder();
  await writeExample(folder, 1);
  return folder;
}
