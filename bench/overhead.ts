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
    const reports: RunReport[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      reports.push(await run(document, device, root, output));
    }
    return summary(reports);
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

async function run(document: WorkflowDocument, device: Device, root: string, output: string) {
  const folders = { base: root, readable: [], output };
  const report = await runWorkflow({ document, registry, device, folders });
  if (report.error !== undefined) throw new Error(report.error.message);
  return report;
}

function summary(reports: readonly RunReport[]): string {
  const whole = median(reports.map((report) => report.milliseconds));
  const inside = median(reports.map((report) => report.device.statistics.runMilliseconds));
  const ratio = median(
    reports.map(({ milliseconds: all, device }) => all / device.statistics.runMilliseconds),
  );
  const nodes = Object.entries(reports[0]?.nodes ?? {});
  return [
    table(
      ["whole", "in sessions", "ratio"],
      [[milliseconds(whole), milliseconds(inside), ratio.toFixed(3)]],
    ),
    "",
    table(
      ["node", "time"],
      nodes.map(([id, node]) => [id, milliseconds(node.milliseconds)]),
    ),
  ].join("\n");
}
