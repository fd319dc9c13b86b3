import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkWorkflow, parseWorkflow } from "@diopter/engine";
import { registry } from "@diopter/nodes";
import { expect, it } from "vitest";
import { root } from "./support/diopter.js";

const text = readFileSync(join(root, "docs/workflows.md"), "utf8");
const blocks = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
const whole = blocks.filter((block) => block.startsWith("{"));

it("shows whole workflows", () => {
  expect(whole.length).toBeGreaterThan(0);
});

it.each(whole)("every workflow that the page shows is sound: %#", (block) => {
  expect(checkWorkflow(parseWorkflow(block, registry), registry)).toEqual([]);
});
