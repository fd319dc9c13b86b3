import type { NodePreview, Tensor } from "@diopter/engine";
import { type PreviewHeader, tilesPreviewSchema } from "../protocol/index.js";

/** The longer side of a preview at most. */
const longestSide = 512;
const jpegQuality = 85;

/** A preview as it travels: all of the header but the job and the number. */
export interface EncodedPreview {
  readonly header: Omit<PreviewHeader, "job" | "sequence" | "type">;
  readonly bytes: Uint8Array;
}

/** Pictures become small JPEGs, maps small gray PNGs; the rest is plain data. */
export async function encodePreview({ node, item, preview }: NodePreview): Promise<EncodedPreview> {
  const place = { node, ...(item === undefined ? {} : { item: [...item] }) };
  const none = new Uint8Array();
  switch (preview.kind) {
    case "image":
      return pictureOf({ ...place, kind: preview.kind, mime: "image/jpeg" }, preview.pixels);
    case "heat-map":
      return pictureOf({ ...place, kind: preview.kind, mime: "image/png" }, preview.values);
    case "curves": {
      const series = preview.series.map(({ name, points }) => ({ name, points: [...points] }));
      return {
        header: { ...place, kind: preview.kind, x: preview.x, y: preview.y, series },
        bytes: none,
      };
    }
    case "tiles": {
      const { kind, ...tiles } = preview;
      return { header: { ...place, kind, tiles: tilesPreviewSchema.parse(tiles) }, bytes: none };
    }
  }
}

async function pictureOf(
  header: Omit<EncodedPreview["header"], "width" | "height">,
  tensor: Tensor<"float32">,
): Promise<EncodedPreview> {
  const [, channels = 1, height = 1, width = 1] = tensor.shape;
  const bytes = interleave(await tensor.read(), channels, width * height);
  const raw = { width, height, channels: channels === 3 ? (3 as const) : (1 as const) };
  const sharp = (await import("sharp")).default;
  const picture = sharp(bytes, { raw, limitInputPixels: false }).resize(longestSide, longestSide, {
    fit: "inside",
    withoutEnlargement: true,
  });
  const encoded =
    header.mime === "image/png"
      ? picture.toColourspace("b-w").png({ compressionLevel: 4 })
      : picture.jpeg({ quality: jpegQuality });
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
  return { header: { ...header, width: info.width, height: info.height }, bytes: data };
}

/** Planes of floats, 0 to 1, as bytes pixel by pixel; of a batch the first picture. */
function interleave(data: Float32Array, channels: number, size: number): Uint8Array {
  const count = channels === 3 ? 3 : 1;
  const bytes = new Uint8ClampedArray(count * size);
  for (let channel = 0; channel < count; channel += 1) {
    for (let place = 0; place < size; place += 1) {
      bytes[place * count + channel] = (data[channel * size + place] ?? 0) * 255;
    }
  }
  return new Uint8Array(bytes.buffer);
}
