import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DiopterError } from "@diopter/engine";
import { writeFileAtomically } from "@diopter/nodes/pictures";
import { columnsOf } from "../measure/index.js";
import type { Plan } from "../plan/index.js";
import { CropFolder, type Evaluation } from "../run/index.js";
import { stepCurves, summarise } from "../statistics/index.js";
import { resultsCsv } from "./csv.js";
import { reportHtml } from "./html.js";

/** What a report is about, and where it goes. */
export interface ReportRequest {
  readonly plan: Plan;
  readonly evaluation: Evaluation;
  readonly output: string;
  readonly device: string;
  readonly version: string;
  readonly notes: readonly string[];
}

/** Absolute paths of the files that were written. */
export interface WrittenReport {
  readonly html: string;
  readonly csv: string;
  readonly json: string;
}

/**
 * Writes report.html, results.csv and results.json into the output folder.
 * @throws DiopterError `output/unwritable`.
 */
export async function writeReport(request: ReportRequest): Promise<WrittenReport> {
  const { plan, evaluation, output, device, version, notes } = request;
  const columns = columnsOf(plan.measures);
  const groups = summarise(evaluation.items, evaluation.rows, columns);
  const curves = stepCurves(evaluation.items, evaluation.rows);
  const images = await readImages(evaluation, output);
  const content = { plan, evaluation, columns, groups, curves, device, version, notes, images };
  const items = evaluation.items.map(({ nodes: _, ...item }) => item);
  const { failures } = evaluation;
  const json = { version, device, plan, notes, groups, curves, failures, items };
  const paths = {
    html: join(output, "report.html"),
    csv: join(output, "results.csv"),
    json: join(output, "results.json"),
  };
  await write(paths.html, reportHtml(content));
  await write(paths.csv, resultsCsv(evaluation.items, columns));
  await write(paths.json, `${JSON.stringify(json, null, 1)}\n`);
  return paths;
}

/** What was measured is told even where the evaluation was cancelled. */
const never = new AbortController().signal;

async function write(path: string, text: string): Promise<void> {
  try {
    await mkdir(join(path, ".."), { recursive: true });
    await writeFileAtomically(path, Buffer.from(text), { overwrite: true, signal: never });
  } catch (cause) {
    throw new DiopterError("output/unwritable", {
      message: `"${path}" cannot be written.`,
      remedy: "Name a folder that you may write to with --output.",
      cause,
    });
  }
}

async function readImages(
  { crops }: Evaluation,
  output: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const folder = new CropFolder(output);
  const names = crops.flatMap(({ input, reference, rows }) => [
    input,
    reference,
    ...rows.map(({ crop }) => crop),
  ]);
  const images = new Map<string, Uint8Array>();
  for (const name of names) {
    const bytes = await folder.read(name);
    if (bytes !== undefined) images.set(name, bytes);
  }
  return images;
}
