import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { float32Tensor, type ImageValue } from "@diopter/engine";
import { lumaPlanes, variance } from "@diopter/nodes/metrics";
import { encodePicture, readPicture } from "@diopter/nodes/pictures";

/** A square of a picture, in pixels. */
export interface CropPlace {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

const largestSide = 128;

/** Where a picture varies most, among squares that overlap by half. */
export async function cropPlace({ pixels }: ImageValue): Promise<CropPlace> {
  const [, , height = 1, width = 1] = pixels.shape;
  const side = Math.min(largestSide, width, height);
  const [luma] = lumaPlanes((await pixels.read()).subarray(0, 3 * width * height), width, height);
  let best = { x: 0, y: 0, side, variance: -1 };
  for (let y = 0; y + side <= height; y += Math.max(1, side >> 1)) {
    for (let x = 0; x + side <= width; x += Math.max(1, side >> 1)) {
      const square = Float64Array.from(
        { length: side * side },
        (_, at) => luma?.data[(y + Math.floor(at / side)) * width + x + (at % side)] ?? 0,
      );
      const own = variance(square);
      if (own > best.variance) best = { x, y, side, variance: own };
    }
  }
  return { x: best.x, y: best.y, side };
}

/** A square of a picture as the bytes of a PNG file; `scale` times smaller where it is a small one. */
export async function cropPng(
  { pixels }: ImageValue,
  place: CropPlace,
  scale = 1,
): Promise<Uint8Array> {
  const [, , height = 1, width = 1] = pixels.shape;
  const side = Math.max(1, Math.floor(place.side / scale));
  const [left, top] = [Math.floor(place.x / scale), Math.floor(place.y / scale)];
  const data = await pixels.read();
  const square = Float32Array.from({ length: 3 * side * side }, (_, at) => {
    const channel = Math.floor(at / (side * side));
    const y = top + (Math.floor(at / side) % side);
    return data[channel * width * height + y * width + left + (at % side)] ?? 0;
  });
  const { bytes } = await encodePicture(
    { width: side, height: side, pixels: square },
    {
      format: "png",
      bitDepth: 8,
      gray: false,
      quality: 100,
      chroma: "4:4:4",
      lossless: true,
      compression: 9,
    },
  );
  return bytes;
}

/** Pictures of the report, kept beside the results so that a later report has them too. */
export class CropFolder {
  readonly #folder: string;

  constructor(output: string) {
    this.#folder = join(output, "crops");
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await writeFile(this.#path(name), bytes);
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    return readFile(this.#path(name)).catch(() => undefined);
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.png`);
  }
}

/** A picture file as an IMAGE. */
export async function loadPicture(path: string): Promise<ImageValue> {
  const { width, height, pixels } = await readPicture(path, { maxPixels: 2 ** 28 });
  return { pixels: float32Tensor([1, 3, height, width], pixels) };
}
