import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { NodeRegistry, RunReport, Tensor, WorkflowDocument } from "@diopter/engine";
import { type EncodeOptions, encodePicture } from "@diopter/nodes/pictures";
import { z } from "zod";

const tensorSchema = z.custom<Tensor<"float32">>(
  (value) => typeof value === "object" && value !== null && "read" in value && "shape" in value,
);
const imageSchema = z.looseObject({ pixels: tensorSchema, alpha: tensorSchema.optional() });
const mapSchema = z.looseObject({ values: tensorSchema });
const metricsSchema = z.record(z.string(), z.number());

/** A value of a result node that is worth a file. */
interface ShownValue {
  readonly name: string;
  readonly socket: string;
  readonly value: unknown;
}

/**
 * Writes the pictures, maps and measurements of result nodes that save nothing themselves:
 * `NODE.OUTPUT.png`, numbered where there are several, maps in gray; measurements as JSON.
 * @returns the node of each file.
 */
export async function saveValues(
  report: RunReport,
  document: WorkflowDocument,
  registry: NodeRegistry,
  folder: string,
  workflow: string,
): Promise<ReadonlyMap<string, string>> {
  const writers = new Map<string, string>();
  for (const node of Object.keys(report.values)) {
    for (const shown of valuesOf(node, report, document, registry)) {
      for (const [name, bytes] of await encode(shown, workflow)) {
        await writeFile(join(folder, name), bytes);
        writers.set(name, node);
      }
    }
  }
  return writers;
}

function valuesOf(
  node: string,
  report: RunReport,
  document: WorkflowDocument,
  registry: NodeRegistry,
): readonly ShownValue[] {
  const definition = registry[document.nodes[node]?.type ?? ""];
  if (definition === undefined || (definition.run !== undefined && definition.sideEffect))
    return [];
  const stem = node.replaceAll(/[^\p{L}\p{N} _()-]+/gu, "-");
  return (report.values[node] ?? []).flatMap(({ item, outputs }) =>
    Object.entries(outputs).flatMap(([output, value]) => {
      const socket = definition.outputs[output]?.socket ?? "";
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      const place = item.map((index) => `-${index + 1}`).join("");
      return values.map((one, index) => {
        const number = values.length === 1 ? "" : `-${index + 1}`;
        return { name: `${stem}.${output}${place}${number}`, socket, value: one };
      });
    }),
  );
}

async function encode({ name, socket, value }: ShownValue, workflow: string) {
  if (socket === "IMAGE") {
    const { pixels, alpha } = imageSchema.parse(value);
    return pictures(name, pixels, alpha, false, workflow);
  }
  if (socket === "MAP")
    return pictures(name, mapSchema.parse(value).values, undefined, true, workflow);
  if (socket !== "METRICS") return [];
  const json = JSON.stringify(metricsSchema.parse(value));
  return [[`${name}.json`, Buffer.from(json)] as const];
}

async function pictures(
  name: string,
  tensor: Tensor<"float32">,
  alpha: Tensor<"float32"> | undefined,
  gray: boolean,
  workflow: string,
) {
  const [count = 1, channels = 1, height = 1, width = 1] = tensor.shape;
  const data = await tensor.read();
  const opacity = await alpha?.read();
  const size = width * height;
  const files: (readonly [string, Buffer])[] = [];
  for (let index = 0; index < count; index += 1) {
    const planes = data.subarray(index * channels * size, (index + 1) * channels * size);
    const picture = {
      width,
      height,
      pixels: channels === 3 ? planes : threefold(planes.subarray(0, size)),
      alpha: opacity?.subarray(index * size, (index + 1) * size),
    };
    const { bytes } = await encodePicture(picture, { ...options, gray, workflow });
    files.push([`${name}${count === 1 ? "" : `-${index + 1}`}.png`, bytes]);
  }
  return files;
}

const options: Omit<EncodeOptions, "gray" | "workflow"> = {
  format: "png",
  bitDepth: 8,
  quality: 95,
  chroma: "4:4:4",
  lossless: true,
  compression: 6,
};

function threefold(plane: Float32Array): Float32Array {
  const planes = new Float32Array(3 * plane.length);
  for (let channel = 0; channel < 3; channel += 1) planes.set(plane, channel * plane.length);
  return planes;
}
