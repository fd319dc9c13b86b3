import { createHash } from "node:crypto";
import {
  createRegistry,
  type Device,
  defineNode,
  MemoryCache,
  numberPort,
  runWorkflow,
  type WorkflowDocument,
  type WorkflowNode,
} from "@diopter/engine";
import { median, milliseconds, table } from "./table.js";

/** ComfyUI 0.8.0, seconds on 2 cores: with a client on its WebSocket, and run again from its cache. */
const published = new Map([
  [100, { fresh: 1.2, cached: 0.56 }],
  [900, { fresh: 52, cached: 28 }],
]);

const lengths = [
  { length: 10, repeats: 50 },
  { length: 100, repeats: 30 },
  { length: 900, repeats: 10 },
  { length: 10_000, repeats: 5 },
] as const;

const successor = defineNode({
  type: "bench/successor",
  version: 1,
  title: "Successor",
  help: "One more.",
  inputs: { value: numberPort({ optional: true }) },
  params: {},
  outputs: { value: numberPort() },
  run: async ({ value = 0 }) => ({ value: value + 1 }),
});

const noDevice: Device = {
  id: "cpu",
  description: "None",
  reason: "Nothing here needs one.",
  memoryBudget: 0,
  run: () => Promise.reject(new Error("No device")),
  statistics: () => ({ sessionsBuilt: 0, runs: 0, runMilliseconds: 0, peakBytes: 0 }),
  trim: async () => {},
  dispose: async () => {},
};

/**
 * Chains of trivial nodes: what the engine itself costs. The baseline does in a plain loop what no
 * engine can leave out: it calls the same function, waits for it, and takes one SHA-256 of 200
 * bytes, as a key that tells whether the result is known.
 */
export async function benchChains(): Promise<string> {
  await timeChain(1000);
  const rows: string[][] = [];
  for (const { length, repeats } of lengths) {
    const baselines: number[] = [];
    const freshTimes: number[] = [];
    const cachedTimes: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      baselines.push(await timeBaseline(length));
      const { fresh, cached } = await timeChain(length);
      freshTimes.push(fresh);
      cachedTimes.push(cached);
    }
    rows.push(row(length, median(baselines), median(freshTimes), median(cachedTimes)));
  }
  return table(
    [
      "nodes",
      "baseline",
      "fresh",
      "ratio",
      "cached",
      "ratio",
      "ComfyUI fresh",
      "faster",
      "ComfyUI cached",
      "faster",
    ],
    rows,
  );
}

function row(length: number, baseline: number, fresh: number, cached: number): string[] {
  const theirs = published.get(length);
  const against = (seconds: number | undefined, own: number) =>
    seconds === undefined ? ["", ""] : [`${seconds} s`, `${Math.round((seconds * 1000) / own)}×`];
  return [
    String(length),
    milliseconds(baseline),
    milliseconds(fresh),
    (fresh / baseline).toFixed(1),
    milliseconds(cached),
    (cached / baseline).toFixed(1),
    ...against(theirs?.fresh, fresh),
    ...against(theirs?.cached, cached),
  ];
}

async function timeBaseline(length: number): Promise<number> {
  const bytes = new Uint8Array(200);
  const started = performance.now();
  let value: unknown;
  for (let place = 0; place < length; place += 1) {
    createHash("sha256").update(bytes).digest("hex");
    value = await one(value);
  }
  return performance.now() - started;
}

const one = async (value: unknown) => (typeof value === "number" ? value + 1 : 1);

async function timeChain(length: number) {
  const options = {
    document: chain(length),
    registry: createRegistry([successor]),
    device: noDevice,
    cache: new MemoryCache({ maxBytes: 1 << 28 }),
    folders: { base: "/", readable: [], output: "/" },
    // A client that listens, as in the published measurements.
    onEvent: (event: unknown) => JSON.stringify(event),
  };
  const started = performance.now();
  const first = await runWorkflow(options);
  const between = performance.now();
  const second = await runWorkflow(options);
  const ended = performance.now();
  if (first.summary.executed !== length || second.summary.cached !== length) {
    throw new Error(`The chain of ${length} nodes did not run as it should.`);
  }
  return { fresh: between - started, cached: ended - between };
}

/** Every value differs from the one before it, so that no two nodes share a key. */
function chain(length: number): WorkflowDocument {
  const nodes: Record<string, WorkflowNode> = {};
  for (let place = 0; place < length; place += 1) {
    const inputs = place === 0 ? {} : { value: [`n${place - 1}`, "value"] as const };
    nodes[`n${place}`] = { type: successor.type, version: 1, inputs };
  }
  return { diopter: 1, name: "Chain", nodes };
}
