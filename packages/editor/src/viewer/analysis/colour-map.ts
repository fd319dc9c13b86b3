import type { Pixels } from "./pixels.js";

/** Red, green and blue for each of the values 0 to 255. */
export type ColourTable = Uint8ClampedArray;

type Triple = readonly [number, number, number];

/**
 * Colours for values from 0 to 1 in which equal steps look equal: lightness in OKLab rises evenly
 * from nearly black to nearly white while the hue turns from violet over red to yellow, so that
 * the map also reads in grey and with any colour vision.
 */
export function evenColour(value: number): Triple {
  const t = Math.min(Math.max(value, 0), 1);
  const lightness = 0.16 + 0.81 * t;
  const hue = ((290 + 175 * t) * Math.PI) / 180;
  const wanted = 0.19 * Math.sin(Math.PI * (0.08 + 0.84 * t)) ** 0.8;
  const chroma = largestChroma(lightness, hue, wanted);
  const [red, green, blue] = fromOklab(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue));
  return [encode(red), encode(green), encode(blue)];
}

/** {@link evenColour} for all values of a byte. */
export function evenTable(): ColourTable {
  const table = new Uint8ClampedArray(256 * 3);
  for (let value = 0; value < 256; value += 1) table.set(evenColour(value / 255), 3 * value);
  return table;
}

/** The map as a CSS gradient towards `direction`. */
export function evenGradient(direction: string, stops = 16): string {
  const colours = Array.from(
    { length: stops + 1 },
    (_, index) => `rgb(${evenColour(index / stops).join(" ")})`,
  );
  return `linear-gradient(${direction}, ${colours.join(", ")})`;
}

/** Colours a picture of one channel, which stands in red, green and blue alike. */
export function colourMap(pixels: Pixels, table: ColourTable): Pixels {
  const data = new Uint8ClampedArray(pixels.data.length);
  for (let at = 0; at < data.length; at += 4) {
    const entry = 3 * (pixels.data[at] ?? 0);
    data[at] = table[entry] ?? 0;
    data[at + 1] = table[entry + 1] ?? 0;
    data[at + 2] = table[entry + 2] ?? 0;
    data[at + 3] = pixels.data[at + 3] ?? 255;
  }
  return { width: pixels.width, height: pixels.height, data };
}

/** The strongest colour up to `wanted` that a screen can show. */
function largestChroma(lightness: number, hue: number, wanted: number): number {
  let [inside, outside] = [0, wanted];
  const fits = (chroma: number) =>
    fromOklab(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue)).every(
      (channel) => channel >= 0 && channel <= 1,
    );
  if (fits(wanted)) return wanted;
  for (let round = 0; round < 20; round += 1) {
    const middle = (inside + outside) / 2;
    if (fits(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** OKLab to linear sRGB (B. Ottosson, "A perceptual color space for image processing", 2020). */
function fromOklab(lightness: number, a: number, b: number): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function encode(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(Math.max(value, 0), 1));
}
