import { readdirSync, readFileSync } from "node:fs";
import { checkWorkflow, parseWorkflow, untestedMigrations } from "@diopter/engine";
import { expect, test } from "vitest";
import { registry } from "./index.js";

const corpus = new URL("../test/corpus/", import.meta.url);
const names = readdirSync(corpus);
const textOf = (name: string) => readFileSync(new URL(name, corpus), "utf8");

test("the corpus calls every migration of the nodes that ship", () => {
  expect(untestedMigrations(names.map(textOf), registry)).toEqual([]);
});

test.each(names)("%s is sound in its current form", (name) => {
  expect(checkWorkflow(parseWorkflow(textOf(name), registry), registry)).toEqual([]);
});
