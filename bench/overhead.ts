import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  applySetting,
  createDevice,
  type Device,
  parseWorkflow,
  type RunEvent,
  type RunReport,
  runWorkflow,
  type WorkflowDocument,
} from "@diopter/engine";
import { registry } from "@diopter/nodes";
import { median, milliseconds, table } from "./table.js";

const repeats = 5;

/**
 * What a real run costs beside the model: the whole time of the upscale workflow over the time
 * spent inside its session runs. Sessions are built before, in a run that does not count.
 */
export async function benchOverhead(): Promise<string> {
  const root = join(fileURLToPath(import.meta.url), "../../..");
  const output = await mkdtemp(join(tmpdir(), "diopter-bench-"));
  const device = await createDevice("cpu");
  try {
    const document = upscale(root);
    await run(document, device, root, output);
    const measured: Measured[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      measured.push(await run(document, device, root, output));
    }
    return summary(measured);
  } finally {
    await device.dispose();
    await rm(output, { recursive: true, force: true });
  }
}

function upscale(root: string): WorkflowDocument {
  const text = readFileSync(join(root, "workflows/upscale.json"), "utf8");
  const picture = join(root, "examples/orchard-192x128.jpg");
  const document = applySetting(parseWorkflow(text, registry), registry, "image", picture);
  return applySetting(document, registry, "output", "result.png");
}

interface Measured {
  readonly report: RunReport;
  /** Milliseconds in which no node was running: what the engine spends by itself. */
  readonly idle: number;
  /** Milliseconds of each node in which no session of its ran. */
  readonly beside: Readonly<Record<string, number>>;
}

async function run(
  document: WorkflowDocument,
  device: Device,
  root: string,
  output: string,
): Promise<Measured> {
  const folders = { base: root, readable: [], output };
  let [running, idle, since] = [0, 0, performance.now()];
  const beside: Record<string, number> = {};
  const onEvent = (event: RunEvent) => {
    const now = performance.now();
    if (running === 0) idle += now - since;
    since = now;
    if (event.type !== "node-started" && event.type !== "node-finished") return;
    const sign = event.type === "node-started" ? -1 : 1;
    running -= sign;
    const host = now - device.statistics().runMilliseconds;
    beside[event.node] = (beside[event.node] ?? 0) + sign * host;
  };
  const report = await runWorkflow({ document, registry, device, folders, onEvent });
  if (report.error !== undefined) throw new Error(report.error.message);
  return { report, idle, beside };
}

function summary(measured: readonly Measured[]): string {
  const reports = measured.map(({ report }) => report);
  const whole = median(reports.map((report) => report.milliseconds));
  const inside = median(reports.map((report) => report.device.statistics.runMilliseconds));
  const idle = median(measured.map((one) => one.idle));
  const ratio = median(
    reports.map(({ milliseconds: all, device }) => all / device.statistics.runMilliseconds),
  );
  const outside = median(
    reports.map(({ milliseconds: all, device }) => all - device.statistics.runMilliseconds),
  );
  const timeOf = (id: string) => median(reports.map(({ nodes }) => nodes[id]?.milliseconds ?? 0));
  const besideOf = (id: string) => median(measured.map(({ beside }) => beside[id] ?? 0));
  return [
    table(
      ["whole", "in sessions", "ratio", "outside", "engine alone"],
      [
        [whole, inside, ratio, outside, idle].map((value, column) => {
          return column === 2 ? value.toFixed(3) : milliseconds(value);
        }),
      ],
    ),
    "",
    table(
      ["node", "time", "outside"],
      Object.keys(reports[0]?.nodes ?? {}).map((id) => [
        id,
        milliseconds(timeOf(id)),
        milliseconds(besideOf(id)),
      ]),
    ),
  ].join("\n");
}
