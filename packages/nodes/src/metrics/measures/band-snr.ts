import { type ComplexSquare, transformSquare } from "./fourier.js";
import { type PatchClass, patchClass, patchClasses, variance } from "./patch-class.js";
import type { Plane } from "./plane.js";

export const frequencyBands = ["low", "middle", "high"] as const;
export type FrequencyBand = (typeof frequencyBands)[number];
export type BandRatios = Readonly<Record<FrequencyBand, number>>;

/** dB over all patches, and over those of a class; a class without patches is absent. */
export type BandRatiosByClass = { readonly all: BandRatios } & Readonly<
  Partial<Record<PatchClass, BandRatios>>
>;

export interface BandOptions {
  /**
   * Where the middle and the high band begin, in cycles a pixel. By default 1/8 and 1/4: the low
   * band is what a picture a quarter as large can hold.
   */
  readonly bounds?: readonly [number, number];
}

/** Ratios are cut here: a band without any noise would have an infinite one. */
export const highestBandRatio = 100;

const largestPatch = 128;
const defaultBounds = [1 / 8, 1 / 4] as const;

/** Planes smaller than this have no bands. */
export const bandLeastSide = 16;

interface Energies {
  readonly signal: Float64Array;
  readonly noise: Float64Array;
}

/**
 * Signal-to-noise ratio of luma planes of 0..1 in three bands of radial frequency, in dB: the energy
 * of the reference, its patch's mean left out, over that of the difference, both summed over patches
 * before they are divided. Patches are 128×128 (smaller planes: the largest power of two that fits),
 * overlap by half and are weighted with a Hann window. Source: the measure of TSS, figures 1 and 7;
 * bounds, window and overlap are choices of this project.
 * @throws RangeError when the planes are smaller than 16 or differ in size.
 */
export function bandRatios(
  plane: Plane,
  reference: Plane,
  { bounds = defaultBounds }: BandOptions = {},
): BandRatiosByClass {
  const { width, height } = reference;
  const shortest = Math.min(width, height, plane.width, plane.height);
  if (shortest < bandLeastSide || plane.width !== width || plane.height !== height) {
    throw new RangeError("Bands need planes of one size, 16 or more.");
  }
  const side = Math.min(largestPatch, 2 ** Math.floor(Math.log2(shortest)));
  const window = hann(side);
  const bands = bandOfBins(side, bounds);
  const all = noEnergies();
  const byClass = new Map<PatchClass, Energies>();
  for (const top of patchPlaces(height, side)) {
    for (const left of patchPlaces(width, side)) {
      const wanted = cut(reference, left, top, side);
      const patch = spectra(wanted, cut(plane, left, top, side), window, side);
      const name = patchClass(variance(wanted));
      const own = byClass.get(name) ?? noEnergies();
      byClass.set(name, own);
      addEnergies(patch, bands, [all, own]);
    }
  }
  const classes = patchClasses.flatMap((name) => {
    const energies = byClass.get(name);
    return energies === undefined ? [] : [[name, ratiosOf(energies)] as const];
  });
  return { all: ratiosOf(all), ...Object.fromEntries(classes) };
}

function noEnergies(): Energies {
  return { signal: new Float64Array(3), noise: new Float64Array(3) };
}

function ratiosOf({ signal, noise }: Energies): BandRatios {
  const [low = 0, middle = 0, high = 0] = signal.map((energy, band) =>
    Math.min(highestBandRatio, 10 * Math.log10((energy + 1e-30) / ((noise[band] ?? 0) + 1e-30))),
  );
  return { low, middle, high };
}

/** Corners of patches that overlap by half; the last is pulled back inside. */
function patchPlaces(length: number, side: number): readonly number[] {
  const last = length - side;
  const count = Math.floor((2 * last) / side) + 1;
  const places = Array.from({ length: count }, (_, index) => (index * side) / 2);
  return places.at(-1) === last ? places : [...places, last];
}

function cut({ data, width }: Plane, left: number, top: number, side: number): Float64Array {
  const patch = new Float64Array(side * side);
  for (let y = 0; y < side; y += 1) {
    const start = (top + y) * width + left;
    patch.set(data.subarray(start, start + side), y * side);
  }
  return patch;
}

/** The product of a Hann window along each axis. */
function hann(side: number): Float64Array {
  const line = Float64Array.from(
    { length: side },
    (_, x) => 0.5 - 0.5 * Math.cos((2 * Math.PI * x) / side),
  );
  return Float64Array.from(
    { length: side * side },
    (_, place) => (line[place % side] ?? 0) * (line[Math.floor(place / side)] ?? 0),
  );
}

/** Both in one transform: the signal as real, the noise as imaginary part. */
function spectra(
  reference: Float64Array,
  plane: Float64Array,
  window: Float64Array,
  side: number,
): ComplexSquare {
  const mean = reference.reduce((sum, value) => sum + value, 0) / reference.length;
  const real = new Float64Array(side * side);
  const imaginary = new Float64Array(side * side);
  for (let place = 0; place < real.length; place += 1) {
    const [value, weight] = [reference[place] ?? 0, window[place] ?? 0];
    real[place] = (value - mean) * weight;
    imaginary[place] = (value - (plane[place] ?? 0)) * weight;
  }
  const square = { side, real, imaginary };
  transformSquare(square);
  return square;
}

/** The band of each bin: 0, 1 or 2. */
function bandOfBins(side: number, [middle, high]: readonly [number, number]): Uint8Array {
  const frequency = (bin: number): number => (bin < side / 2 ? bin : side - bin) / side;
  return Uint8Array.from({ length: side * side }, (_, place) => {
    const radius = Math.hypot(frequency(place % side), frequency(Math.floor(place / side)));
    return Number(radius >= middle) + Number(radius >= high);
  });
}

/** Of z = F(a + ib) with real a and b: F(a)ₖ = (zₖ + z̄₋ₖ)/2 and F(b)ₖ = (zₖ − z̄₋ₖ)/2i. */
function addEnergies(
  { side, real, imaginary }: ComplexSquare,
  bands: Uint8Array,
  targets: readonly Energies[],
): void {
  const signal = new Float64Array(3);
  const noise = new Float64Array(3);
  for (let place = 0; place < side * side; place += 1) {
    const x = place % side;
    const y = (place - x) / side;
    const opposite = ((side - y) % side) * side + ((side - x) % side);
    const [a, b] = [real[place] ?? 0, imaginary[place] ?? 0];
    const [c, d] = [real[opposite] ?? 0, imaginary[opposite] ?? 0];
    const band = bands[place] ?? 0;
    signal[band] = (signal[band] ?? 0) + ((a + c) ** 2 + (b - d) ** 2) / 4;
    noise[band] = (noise[band] ?? 0) + ((a - c) ** 2 + (b + d) ** 2) / 4;
  }
  for (const target of targets) {
    for (let band = 0; band < 3; band += 1) {
      target.signal[band] = (target.signal[band] ?? 0) + (signal[band] ?? 0);
      target.noise[band] = (target.noise[band] ?? 0) + (noise[band] ?? 0);
    }
  }
}
