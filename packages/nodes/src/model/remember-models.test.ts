import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeSafetensors } from "@diopter/onnx";
import { afterAll, expect, it } from "vitest";
import { temporaryFolder } from "../test/temporary-folder.js";
import { readCheckpoint } from "./read-checkpoint.js";
import { rememberModels } from "./remember-models.js";

const path = join(temporaryFolder(afterAll), "model.safetensors");

const write = (name: string) => writeFileSync(path, writeSafetensors({}, { name, config: "{}" }));

it("builds a model once for the same file and options, and anew when either changes", async () => {
  const remember = rememberModels<{ readonly count: number }>();
  let count = 0;
  const load = async (options: string) =>
    remember(await readCheckpoint(path), options, () => {
      count += 1;
      return { count };
    });
  write("first");
  expect(await load("")).toBe(await load(""));
  expect(await load("mask")).toEqual({ count: 2 });
  expect(await load("")).toEqual({ count: 1 });
  write("another content");
  expect(await load("")).toEqual({ count: 3 });
});

it("lets go of those that were not asked for longest", async () => {
  write("one");
  const remember = rememberModels<number>();
  const checkpoint = await readCheckpoint(path);
  for (let option = 0; option < 20; option += 1) remember(checkpoint, `${option}`, () => option);
  expect(remember(checkpoint, "19", () => -1)).toBe(19);
  expect(remember(checkpoint, "0", () => -1)).toBe(-1);
});
