import { resolve } from "node:path";
import { type Device, DiopterError, type Preview, type RunContext } from "@diopter/engine";

/** What a node told while it ran. */
export interface Told {
  readonly notes: string[];
  readonly previews: Preview[];
  readonly progress: string[];
}

export interface TestContextOptions {
  readonly folder?: string;
  readonly workflowJson?: string;
  readonly signal?: AbortSignal;
  readonly device?: Device;
}

/** A context to run one node in, and what the node tells it. */
export function testContext(options: TestContextOptions = {}): RunContext & { told: Told } {
  const { folder = ".", workflowJson = "{}", device = noDevice } = options;
  const told: Told = { notes: [], previews: [], progress: [] };
  return {
    node: "tested",
    signal: options.signal ?? new AbortController().signal,
    device,
    progress: (done, total, label, within) => {
      const part = within && `, ${within.done}/${within.total} ${within.label}`;
      told.progress.push(`${done}/${total} ${label ?? ""}${part ?? ""}`);
    },
    watched: true,
    preview: (preview) => told.previews.push(preview),
    note: (message) => told.notes.push(message),
    resolve: (path) => resolve(folder, path),
    resolveOutput: (path) => resolve(folder, path),
    workflowJson,
    told,
  };
}

const refuse = (): never => {
  throw new DiopterError("device/unavailable", {
    message: "This test runs without a device.",
    remedy: "Give one to testContext.",
  });
};

/** For nodes that never call the device. */
const noDevice: Device = {
  id: "cpu",
  description: "none",
  memoryBudget: 0,
  run: async () => refuse(),
  statistics: () => ({ sessionsBuilt: 0, runs: 0, runMilliseconds: 0, peakBytes: 0 }),
  trim: async () => {},
  dispose: async () => {},
};
