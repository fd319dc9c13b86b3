import { DiopterError, defineNode, image, metrics, number } from "@diopter/engine";
import { bandLeastSide, bandRatios, type Plane } from "./measures/index.js";
import { borderParameter, readPair } from "./picture-pair.js";

/** Runs on the host, in double precision, on luma. Of a batch, the mean of what all have. */
export const bandSnr = defineNode({
  type: "metrics/band-snr",
  version: 1,
  title: "SNR of frequency bands",
  help: "Signal-to-noise ratio of low, middle and high frequencies, overall and by patch class.",
  source: "The measure of TSS, figures 1 and 7; bounds and window are choices of this project",
  inputs: { image: image(), reference: image() },
  params: {
    middle: number({
      default: 0.125,
      min: 0,
      max: 0.75,
      unit: "cycles/px",
      help: "Where the middle band begins",
    }),
    high: number({
      default: 0.25,
      min: 0,
      max: 0.75,
      unit: "cycles/px",
      help: "Where the high band begins",
    }),
    border: borderParameter,
  },
  outputs: {
    metrics: metrics({ help: "dB: low, middle, high, and smoothLow to texturedHigh" }),
  },
  async run(inputs, { middle, high, border }) {
    if (middle > high) throw bandsOverlap(middle, high);
    const options = { channels: "Y", border, leastSide: bandLeastSide } as const;
    const { left, right } = await readPair(inputs.image, inputs.reference, options);
    const each = left.map((plane, index) => named(plane, right[index] ?? plane, [middle, high]));
    return { metrics: meanOfAll(each) };
  },
});

type Named = Readonly<Record<string, number>>;

function named(plane: Plane, reference: Plane, bounds: readonly [number, number]): Named {
  const ratios = Object.entries(bandRatios(plane, reference, { bounds }));
  const pairs = ratios.flatMap(([group, bands]) =>
    Object.entries(bands ?? {}).map(([band, decibels]) => [nameOf(group, band), decibels] as const),
  );
  return Object.fromEntries(pairs);
}

function nameOf(group: string, band: string): string {
  return group === "all" ? band : `${group}${band.charAt(0).toUpperCase()}${band.slice(1)}`;
}

function meanOfAll(items: readonly Named[]): Named {
  const [first = {}] = items;
  const shared = Object.keys(first).filter((name) => items.every((item) => name in item));
  const mean = (name: string): number =>
    items.reduce((sum, item) => sum + (item[name] ?? 0), 0) / items.length;
  return Object.fromEntries(shared.map((name) => [name, mean(name)]));
}

function bandsOverlap(middle: number, high: number): DiopterError {
  return new DiopterError("node/invalid-value", {
    message: `The middle band begins at ${middle}, above the high band at ${high} cycles a pixel.`,
    remedy: "Let the high band begin where the middle band ends.",
    port: "middle",
  });
}
