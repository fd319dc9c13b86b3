import type { ImageValue } from "@diopter/engine";
import {
  bandRatios,
  brisqueFeatures,
  featureDistance,
  gradientSimilarityDeviation,
  lumaPlanes,
  naturalness,
  normalisedLaplacianDistance,
  type Plane,
  peakSignalToNoise,
  structuralSimilarity,
  withoutBorder,
} from "@diopter/nodes/metrics";

/** What a plan may ask to be measured. */
export const measureNames = ["psnr", "ssim", "nlpd", "gmsd", "niqe", "brisque", "bands"] as const;
export type MeasureName = (typeof measureNames)[number];

/** One column of the table. */
export interface Column {
  readonly key: string;
  readonly title: string;
  readonly unit: string;
  readonly better: "higher" | "lower";
  readonly digits: number;
}

const columns: Readonly<Record<MeasureName, readonly Column[]>> = {
  psnr: [{ key: "psnr", title: "PSNR (Y)", unit: "dB", better: "higher", digits: 2 }],
  ssim: [{ key: "ssim", title: "SSIM (Y)", unit: "", better: "higher", digits: 4 }],
  nlpd: [{ key: "nlpd", title: "NLPD", unit: "", better: "lower", digits: 4 }],
  gmsd: [{ key: "gmsd", title: "GMSD", unit: "", better: "lower", digits: 4 }],
  niqe: [{ key: "niqe", title: "NIQE", unit: "", better: "lower", digits: 2 }],
  brisque: [{ key: "brisque", title: "BRISQUE distance", unit: "", better: "lower", digits: 3 }],
  bands: ["low", "middle", "high"].map((band) => ({
    key: `${band}Band`,
    title: `SNR, ${band} band`,
    unit: "dB",
    better: "higher" as const,
    digits: 2,
  })),
};

/** The columns that measures fill, in their order. */
export function columnsOf(measures: readonly MeasureName[]): readonly Column[] {
  return measures.flatMap((measure) => columns[measure]);
}

export type Values = Readonly<Record<string, number>>;

type Measure = (result: Plane, reference: Plane) => Values;

const functions: Readonly<Record<MeasureName, Measure>> = {
  psnr: (result, reference) => ({ psnr: peakSignalToNoise([result], [reference]) }),
  ssim: (result, reference) => ({ ssim: structuralSimilarity(result, reference) }),
  nlpd: (result, reference) => ({ nlpd: normalisedLaplacianDistance(result, reference) }),
  gmsd: (result, reference) => ({ gmsd: gradientSimilarityDeviation(result, reference) }),
  niqe: (result) => ({ niqe: naturalness(result) }),
  brisque: (result, reference) => ({
    brisque: featureDistance(brisqueFeatures(result), referenceFeatures(reference)),
  }),
  bands: (result, reference) => {
    const { low, middle, high } = bandRatios(result, reference).all;
    return { lowBand: low, middleBand: middle, highBand: high };
  },
};

const knownFeatures = new WeakMap<Plane, readonly number[]>();

/** Every row is compared with the same reference. */
function referenceFeatures(reference: Plane): readonly number[] {
  const features = knownFeatures.get(reference) ?? brisqueFeatures(reference);
  knownFeatures.set(reference, features);
  return features;
}

/** The luma of a picture, less a border. */
export async function lumaOf({ pixels }: ImageValue, border = 0): Promise<Plane> {
  const [, , height = 0, width = 0] = pixels.shape;
  const [plane] = lumaPlanes((await pixels.read()).subarray(0, 3 * width * height), width, height);
  return withoutBorder(plane ?? { data: new Float32Array(0), width: 0, height: 0 }, border);
}

/** Measures a result; what a picture is too small for, such as NIQE below 96 pixels, is left out. */
export function measurePlanes(
  result: Plane,
  reference: Plane,
  measures: readonly MeasureName[],
): Values {
  const smallest = Math.min(result.width, result.height);
  const possible = measures.filter((measure) => smallest >= leastSide[measure]);
  const values = possible.flatMap((measure) =>
    Object.entries(functions[measure](result, reference)),
  );
  return Object.fromEntries(values.filter(([, value]) => Number.isFinite(value)));
}

const leastSide: Readonly<Record<MeasureName, number>> = {
  psnr: 1,
  ssim: 11,
  nlpd: 2,
  gmsd: 2,
  niqe: 96,
  brisque: 16,
  bands: 16,
};
