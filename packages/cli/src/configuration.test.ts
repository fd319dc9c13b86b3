import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadConfiguration } from "./configuration.js";
import { recordingTerminal } from "./recording-terminal.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "diopter-configuration-"));
});
afterEach(() => rm(folder, { recursive: true }));

const load = () =>
  loadConfiguration(
    recordingTerminal({
      environment: { DIOPTER_CONFIG: join(folder, "config.json"), XDG_CACHE_HOME: "/cache" },
    }),
  );

test("without a file the defaults hold, and no package is loaded", async () => {
  const configuration = await load();
  expect(configuration).toMatchObject({ packages: [], device: "auto", readable: [] });
  expect(configuration.cacheFolder).toBe("/cache/diopter");
});

test("folders are relative to the file", async () => {
  await writeFile(join(folder, "config.json"), '{"readable": ["photos"], "device": "cpu"}');
  expect(await load()).toMatchObject({ readable: [join(folder, "photos")], device: "cpu" });
});

test.each(['{"packages": "x"}', '{"pakages": []}', "{", '{"device": "tpu"}'])(
  "%s is refused with the name of the file",
  async (text) => {
    await writeFile(join(folder, "config.json"), text);
    await expect(load()).rejects.toMatchObject({ code: "usage/invalid" });
    await expect(load()).rejects.toThrow(join(folder, "config.json"));
  },
);
