import { type ColourTable, colourMap, evenTable } from "./colour-map.js";
import { type Distance, drawDifference, measureDistance } from "./difference.js";
import { countHistogram, type Histogram } from "./histogram.js";
import { type Colour, type Pixels, pixelAt } from "./pixels.js";

/** What the page asks of the worker. Places are in pixels of the picture that is asked about. */
export type AnalysisRequest =
  | { readonly kind: "histogram"; readonly url: string }
  | { readonly kind: "pixel"; readonly url: string; readonly x: number; readonly y: number }
  | { readonly kind: "distance"; readonly a: string; readonly b: string }
  | { readonly kind: "difference"; readonly a: string; readonly b: string; readonly gain: number }
  | { readonly kind: "heat-map"; readonly url: string };

/** What the worker answers, by the kind of the request. */
export type AnalysisAnswer =
  | { readonly kind: "histogram"; readonly value: Histogram }
  | { readonly kind: "pixel"; readonly value: Colour | undefined }
  | { readonly kind: "distance"; readonly value: Distance }
  | { readonly kind: "drawing"; readonly value: Pixels };

/** A request as it is sent, and what comes back for it. */
export interface Question {
  readonly id: number;
  readonly request: AnalysisRequest;
}
export type Reply =
  | { readonly id: number; readonly answer: AnalysisAnswer }
  | { readonly id: number; readonly error: string };

/** Reads a picture; with a size it is resampled to it. */
export type ReadPixels = (
  url: string,
  size?: { readonly width: number; readonly height: number },
) => Promise<Pixels>;

let table: ColourTable | undefined;
const colours = (): ColourTable => {
  table ??= evenTable();
  return table;
};

/** Answers one request. Two pictures are compared at the first one's size. */
export async function answer(request: AnalysisRequest, read: ReadPixels): Promise<AnalysisAnswer> {
  switch (request.kind) {
    case "histogram":
      return { kind: "histogram", value: countHistogram(await read(request.url)) };
    case "pixel":
      return { kind: "pixel", value: pixelAt(await read(request.url), request.x, request.y) };
    case "heat-map":
      return { kind: "drawing", value: colourMap(await read(request.url), colours()) };
    case "distance": {
      const { first, second } = await readPair(request, read);
      return { kind: "distance", value: measureDistance(first, second) };
    }
    case "difference": {
      const { first, second } = await readPair(request, read);
      return { kind: "drawing", value: drawDifference(first, second, request.gain, colours()) };
    }
  }
}

async function readPair({ a, b }: { readonly a: string; readonly b: string }, read: ReadPixels) {
  const first = await read(a);
  const { width, height } = first;
  return { first, second: await read(b, { width, height }) };
}
