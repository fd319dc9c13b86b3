import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type Device,
  DiopterError,
  hashFile,
  type ImageValue,
  type NodeRegistry,
  runWorkflow,
  type ValueCache,
  type WorkflowDocument,
} from "@diopter/engine";
import type { Plane } from "@diopter/nodes/metrics";
import { lumaOf } from "../measure/index.js";
import type { Degradation, Plan, SharpPicture } from "../plan/index.js";

/** A picture to enlarge, and what it should become. */
export interface PoorPicture {
  /** The absolute path of the small picture, a PNG file. */
  readonly path: string;
  readonly reference: ImageValue;
  /** The reference's luma, less the plan's border. */
  readonly luma: Plane;
  /** The content of the sharp picture and how it was degraded. */
  readonly key: string;
}

export interface PreparationTools {
  readonly registry: NodeRegistry;
  readonly device: Device;
  readonly cache: ValueCache | undefined;
  readonly signal: AbortSignal;
  /** Small pictures are written below it. */
  readonly output: string;
  readonly plan: Plan;
}

/**
 * Degrades a picture, always in the same way, and writes the small one as a file for the workflows.
 * @throws DiopterError whatever reading, degrading or writing it fails with.
 */
export async function preparePicture(
  picture: SharpPicture,
  degradation: Degradation,
  tools: PreparationTools,
): Promise<PoorPicture> {
  const { name: degradationName, ...preset } = degradation;
  const params = { ...preset, seed: seedOf(picture, degradation) };
  const folder = join(tools.output, "pictures", fileName(degradationName), fileName(picture.set));
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${fileName(picture.name)}.png`);
  const document: WorkflowDocument = {
    diopter: 1,
    name: "Degrade",
    nodes: {
      sharp: { type: "image/load", version: 1, params: { path: picture.path } },
      degrade: {
        type: "image/degrade",
        version: 1,
        params,
        inputs: { image: ["sharp", "image"] },
      },
      save: {
        type: "image/save",
        version: 1,
        // A file with the same content wherever it lies, so that results of it are found again.
        params: { path, embedWorkflow: false, bitDepth: "8", profile: "sRGB" },
        inputs: { image: ["degrade", "image"] },
      },
    },
  };
  const report = await runWorkflow({
    document,
    registry: tools.registry,
    device: tools.device,
    cache: tools.cache,
    folders: { base: folder, readable: [dirname(picture.path)], output: tools.output },
    signal: tools.signal,
    values: ["degrade", "save"],
  });
  const reference = report.values.degrade?.[0]?.outputs.reference;
  if (report.error !== undefined) throw new DiopterError(report.error.code, report.error);
  if (!isImage(reference)) throw new RangeError("image/degrade gave no reference.");
  return {
    path,
    reference,
    luma: await lumaOf(reference, tools.plan.border),
    key: JSON.stringify([await hashFile(picture.path), params]),
  };
}

/** Every picture gets a recipe of its own, the same whatever other pictures there are. */
function seedOf({ set, name }: SharpPicture, { seed }: Degradation): number {
  const text = JSON.stringify([seed, set, name]);
  return createHash("sha256").update(text).digest().readUIntBE(0, 6);
}

/** Letters, digits and a few signs; anything else becomes a hyphen. */
export function fileName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, "-");
}

export function isImage(value: unknown): value is ImageValue {
  return typeof value === "object" && value !== null && "pixels" in value;
}
