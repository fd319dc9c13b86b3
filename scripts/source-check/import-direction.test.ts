import { expect, it } from "vitest";
import { checkImportDirection } from "./import-direction.js";

const messagesFor = (path: string, text: string) =>
  checkImportDirection({ path, text }).map(({ message }) => message);

it.each([
  ["packages/engine/src/a.ts", 'import { x } from "@diopter/onnx";'],
  ["packages/nodes/src/a.ts", 'export * from "@diopter/engine/document";'],
  ["packages/cli/src/a.ts", 'import { x } from "@diopter/nodes";'],
  ["packages/cli/src/a.ts", 'import { x } from "@diopter/laboratory";'],
  ["packages/laboratory/src/a.ts", 'import { x } from "@diopter/nodes/metrics";'],
  ["packages/editor/src/a.ts", 'import { x } from "@diopter/engine/editing";'],
  ["packages/onnx/src/deep/a.ts", 'import { x } from "../b.js";'],
  ["packages/onnx/src/a.ts", 'import { x } from "node:fs";'],
  ["bench/main.ts", 'import { x } from "../packages/cli/src/x.js";'],
])("accepts, in %s, %s", (path, text) => {
  expect(messagesFor(path, text)).toEqual([]);
});

it.each([
  ["packages/onnx/src/a.ts", 'import { x } from "@diopter/engine";'],
  ["packages/onnx/src/a.ts", 'import type { x } from "@diopter/engine/values";'],
  ["packages/engine/src/a.ts", 'export { x } from "@diopter/nodes";'],
  ["packages/engine/src/a.ts", 'const x = await import("@diopter/nodes");'],
  ["packages/engine/src/a.ts", 'type X = import("diopter").X;'],
  ["packages/nodes/src/a.ts", 'import { x } from "../../engine/src/a.js";'],
  ["packages/editor/src/a.ts", 'import { x } from "@diopter/engine";'],
  ["packages/editor/src/a.ts", 'import * as ort from "onnxruntime-node";'],
  ["packages/nodes/src/a.ts", 'import { x } from "@diopter/laboratory";'],
  ["packages/laboratory/src/a.ts", 'import { x } from "diopter";'],
  ["packages/other/src/a.ts", 'import { x } from "@diopter/engine";'],
])("refuses, in %s, %s", (path, text) => {
  expect(messagesFor(path, text)).toHaveLength(1);
});
