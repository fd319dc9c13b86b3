import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Device } from "../device/index.js";
import type { WorkflowDocument, WorkflowNode } from "../document/index.js";
import { createRegistry, defineNode, integer, numberPort, text } from "../nodes/index.js";
import type { RunOptions } from "./run-options.js";

/** A device for nodes that need none. */
export const noDevice: Device = {
  id: "cpu",
  description: "None",
  reason: "For tests.",
  memoryBudget: 0,
  run: () => Promise.reject(new Error("No test of the executor runs a program.")),
  statistics: () => ({ sessionsBuilt: 0, runs: 0, runMilliseconds: 0, peakBytes: 0 }),
  trim: async () => {},
  dispose: async () => {},
};

/** `value` plus everything that arrives; its calls are listed in `calls`. */
export function sumNode(calls: string[] = []) {
  return defineNode({
    type: "test/sum",
    version: 1,
    title: "Sum",
    help: "Adds numbers.",
    inputs: { terms: numberPort({ list: true, optional: true }) },
    params: { value: integer({ default: 0 }), over: text({ default: "" }) },
    outputs: { sum: numberPort() },
    run: async ({ terms = [] }, { value }, { node }) => {
      calls.push(node);
      return { sum: terms.reduce((sum, term) => sum + term, value) };
    },
  });
}

/** A document from its nodes alone. */
export function documentOf(
  nodes: Readonly<Record<string, Partial<WorkflowNode>>>,
): WorkflowDocument {
  const complete = Object.entries(nodes).map(
    ([id, node]) => [id, { type: "test/sum", version: 1, ...node }] as const,
  );
  return { diopter: 1, name: "Test", nodes: Object.fromEntries(complete) };
}

/** A chain of `length` sums, each after the one before: the last is `length` − 1 + the first. */
export function chainOf(length: number, first = 0): WorkflowDocument {
  const nodes: Record<string, Partial<WorkflowNode>> = {};
  for (let place = 0; place < length; place += 1) {
    nodes[`n${place}`] =
      place === 0
        ? { params: { value: first } }
        : { params: { value: 1 }, inputs: { terms: [`n${place - 1}`, "sum"] } };
  }
  return documentOf(nodes);
}

const folder = join(tmpdir(), "diopter-no-such-folder");

/** Options with a registry of sums and without a cache, where nothing else is said. */
export function optionsFor(document: WorkflowDocument, rest: Partial<RunOptions> = {}): RunOptions {
  return {
    document,
    registry: createRegistry([sumNode()]),
    device: noDevice,
    folders: { base: folder, readable: [], output: folder },
    ...rest,
  };
}

/** A fresh folder for files of a test. */
export const temporaryFolder = () => mkdtempSync(join(tmpdir(), "diopter-run-"));
