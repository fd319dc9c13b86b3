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
  runWorkflow,
  type WorkflowDocument,
} from "@diopter/engine";
import { registry } from "@diopter/nodes";
import sharp from "sharp";
import { median, milliseconds, table } from "./table.js";

const repeats = 9;

const contenders = [
  { name: "teacher, full VAE", settings: { denoiser: "denoiser", vae: "vae" } },
  { name: "teacher, small VAE", settings: { denoiser: "denoiser", vae: "vae-small" } },
  { name: "student, small VAE", settings: { denoiser: "denoiser-tiny", vae: "vae-small" } },
  { name: "student, tiny VAE", settings: { denoiser: "denoiser-tiny", vae: "vae-tiny" } },
] as const;

const networks = ["encode", "sample", "decode"] as const;

/**
 * One step to a result of 512 × 512: the student beside its teacher. `networks` is what the paper
 * times; `pixels` adds enlarging and matching colours, and `workflow` also the files. Sessions are
 * built before, in runs that do not count, and contenders take turns, so that what else the machine
 * does meets all alike.
 */
export async function benchOneStep(): Promise<string> {
  const root = join(fileURLToPath(import.meta.url), "../../..");
  const folder = await mkdtemp(join(tmpdir(), "diopter-bench-"));
  const device = await createDevice("cpu");
  try {
    const picture = join(folder, "picture.png");
    await sharp(join(root, "examples/orchard-192x128.jpg"))
      .extract({ left: 32, top: 0, width: 128, height: 128 })
      .toFile(picture);
    const documents = contenders.map(({ settings }) => document(root, picture, settings));
    const times: Times[][] = documents.map(() => []);
    for (let repeat = -1; repeat < repeats; repeat += 1) {
      for (const [index, each] of documents.entries()) {
        const measured = await run(each, device, root, folder);
        if (repeat >= 0) times[index]?.push(measured);
      }
    }
    return summary(times);
  } finally {
    await device.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

function document(
  root: string,
  picture: string,
  settings: Readonly<Record<string, string>>,
): WorkflowDocument {
  const text = readFileSync(join(root, "workflows/tinysr.json"), "utf8");
  const all = { ...settings, image: picture, output: "result.png" };
  return Object.entries(all).reduce(
    (changed, [name, value]) => applySetting(changed, registry, name, value),
    parseWorkflow(text, registry),
  );
}

const sums = ["networks", "pixels", "workflow"] as const;

type Part = (typeof networks)[number] | (typeof sums)[number];
type Times = Readonly<Record<Part, number>>;

async function run(
  document: WorkflowDocument,
  device: Device,
  root: string,
  folder: string,
): Promise<Times> {
  const folders = { base: root, readable: [folder], output: folder };
  const report = await runWorkflow({ document, registry, device, folders, concurrency: 1 });
  if (report.error !== undefined) throw new Error(report.error.message);
  const of = (id: string) => report.nodes[id]?.milliseconds ?? Number.NaN;
  const [encode, sample, decode] = [of("encode"), of("sample"), of("decode")];
  const sum = encode + sample + decode;
  const pixels = sum + of("enlarge") + of("colour");
  return { encode, sample, decode, networks: sum, pixels, workflow: report.milliseconds };
}

function summary(times: readonly (readonly Times[])[]): string {
  const middle = (index: number, part: Part) =>
    median((times[index] ?? []).map((measured) => measured[part]));
  const faster = (index: number, part: Part) =>
    `${(middle(0, part) / middle(index, part)).toFixed(2)}×`;
  const rows = contenders.map(({ name }, index) => [
    name,
    ...networks.map((part) => milliseconds(middle(index, part))),
    ...sums.flatMap((part) => [milliseconds(middle(index, part)), faster(index, part)]),
  ]);
  return table(["", ...networks, ...sums.flatMap((part) => [part, "faster"])], rows);
}
