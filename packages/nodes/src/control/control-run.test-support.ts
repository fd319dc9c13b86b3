import {
  createRegistry,
  type Device,
  type NodeDefinition,
  type RunOptions,
  type RunReport,
  runWorkflow,
  type WorkflowNode,
} from "@diopter/engine";

const noDevice: Device = {
  id: "cpu",
  description: "None",
  reason: "For tests.",
  memoryBudget: 0,
  run: () => Promise.reject(new Error("No test of control flow runs a program.")),
  statistics: () => ({ sessionsBuilt: 0, runs: 0, runMilliseconds: 0, peakBytes: 0 }),
  trim: async () => {},
  dispose: async () => {},
};

/** Runs nodes, given without versions, in a folder that holds input and output. */
export function runNodes(
  nodes: Readonly<Record<string, Omit<WorkflowNode, "version">>>,
  definitions: readonly NodeDefinition[],
  folder: string,
  rest: Partial<RunOptions> = {},
): Promise<RunReport> {
  const versioned = Object.entries(nodes).map(
    ([id, node]) => [id, { version: 1, ...node }] as const,
  );
  return runWorkflow({
    document: { diopter: 1, name: "Test", nodes: Object.fromEntries(versioned) },
    registry: createRegistry(definitions),
    device: noDevice,
    folders: { base: folder, readable: [], output: folder },
    ...rest,
  });
}
