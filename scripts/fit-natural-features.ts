import { readdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  createDevice,
  type Device,
  type ImageValue,
  type LatentValue,
  parseWorkflow,
  runWorkflow,
  type WorkflowDocument,
} from "@diopter/engine";
import { registry } from "@diopter/nodes";
import {
  brisqueFeatures,
  channelPlanes,
  lumaPlanes,
  niqeFeaturesOfWhole,
} from "@diopter/nodes/metrics";

// Fits what gain/metrics takes for natural, on the middle of each photograph of a folder:
//   node scripts/dist/fit-natural-features.js FOLDER
// The file holds statistics alone: of BRISQUE's features of luma, and of BRISQUE's and NIQE's of
// latents, averaged over the channels.

const folder = resolve(process.argv[2] ?? ".");
const output = fileURLToPath(
  new URL("../../packages/nodes/src/gain/natural.json", import.meta.url),
);
const side = 256;
const latentSide = side / 8;

type Row = readonly number[];
type Rows = readonly Row[];

interface Features {
  readonly picture: Row;
  readonly latentBrisque: Row;
  readonly latentNiqe: Row;
}

const workflow = (path: string): WorkflowDocument =>
  parseWorkflow(
    JSON.stringify({
      diopter: 1,
      name: "natural",
      nodes: {
        photo: { type: "image/load", version: 1, params: { path } },
        crop: {
          type: "image/crop",
          version: 1,
          params: { from: "centre", width: side, height: side },
          inputs: { image: ["photo", "image"] },
        },
        vae: { type: "model/load-vae", version: 1 },
        encode: {
          type: "latent/encode",
          version: 1,
          inputs: { image: ["crop", "image"], vae: ["vae", "vae"] },
        },
      },
    }),
    registry,
  );

async function featuresOf(path: string, device: Device): Promise<Features> {
  const report = await runWorkflow({
    document: workflow(path),
    registry,
    device,
    folders: { base: folder, readable: [folder], output: folder },
    targets: ["encode"],
    values: ["crop", "encode"],
  });
  const image = report.values.crop?.[0]?.outputs.image;
  const latent = report.values.encode?.[0]?.outputs.latent;
  if (!isImage(image) || !isLatent(latent)) {
    throw new Error(`${path}: ${report.error?.message ?? "no result"}`);
  }
  const lumas = lumaPlanes(await image.pixels.read(), side, side);
  // As gain/metrics looks at latents: ±4 on 0..1.
  const scaled = (await latent.samples.read()).map((value) => value / 8 + 0.5);
  const planes = channelPlanes(scaled, latentSide, latentSide);
  return {
    picture: meanOf(lumas.map(brisqueFeatures)),
    latentBrisque: meanOf(planes.map(brisqueFeatures)),
    latentNiqe: meanOf(planes.map(niqeFeaturesOfWhole)),
  };
}

const isImage = (value: unknown): value is ImageValue =>
  typeof value === "object" && value !== null && "pixels" in value;
const isLatent = (value: unknown): value is LatentValue =>
  typeof value === "object" && value !== null && "samples" in value;

const meanOf = (rows: Rows): Row =>
  (rows[0] ?? []).map((_, x) => rows.reduce((sum, row) => sum + (row[x] ?? 0), 0) / rows.length);

function covarianceOf(rows: Rows, a: number, b: number): number {
  const mean = meanOf(rows);
  const products = rows.map(
    (row) => ((row[a] ?? 0) - (mean[a] ?? 0)) * ((row[b] ?? 0) - (mean[b] ?? 0)),
  );
  return products.reduce((sum, product) => sum + product, 0) / (rows.length - 1);
}

const rounded = (values: Row): Row => values.map((value) => Number(value.toExponential(6)));

const spreadOf = (rows: Rows) => ({
  mean: rounded(meanOf(rows)),
  deviation: rounded(meanOf(rows).map((_, x) => Math.sqrt(covarianceOf(rows, x, x)))),
});

const gaussianOf = (rows: Rows) => ({
  mean: rounded(meanOf(rows)),
  covariance: rounded(
    meanOf(rows).flatMap((_, y) =>
      Array.from({ length: y + 1 }, (_, x) => covarianceOf(rows, y, x)),
    ),
  ),
});

const device = await createDevice("cpu");
const features: Features[] = [];
for (const name of readdirSync(folder).filter((file) => /\.(jpe?g|png)$/.test(file))) {
  features.push(await featuresOf(name, device));
}
await device.dispose();
const content = {
  photographs: features.length,
  pictures: { brisque: spreadOf(features.map(({ picture }) => picture)) },
  latents: {
    niqe: gaussianOf(features.map(({ latentNiqe }) => latentNiqe)),
    brisque: spreadOf(features.map(({ latentBrisque }) => latentBrisque)),
  },
};
writeFileSync(output, `${JSON.stringify(content)}\n`);
console.log(`${features.length} photographs`);
