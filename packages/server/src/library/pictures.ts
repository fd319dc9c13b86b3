import { DiopterError } from "@diopter/engine";

/** A smaller copy of a picture. */
export interface PictureRequest {
  /** `webp;80`: format, and quality where the format has one. */
  readonly preview?: string | undefined;
  /** The longer side in pixels at most. */
  readonly size?: number | undefined;
}

const defaultPreview = "webp;80";

/** The library that decodes pictures, loaded when the first one is: it takes its time and memory. */
const loadSharp = async () => (await import("sharp")).default;

/** Width and height, upright. @throws DiopterError `image/not-an-image`, `image/too-large`. */
export async function measurePicture(
  path: string,
  maxPixels: number,
): Promise<{ readonly width: number; readonly height: number }> {
  const sharp = await loadSharp();
  const header = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (header === undefined || header.format === "svg") {
    throw new DiopterError("image/not-an-image", {
      message: "The file is no picture that can be read.",
      remedy: "Send a PNG, JPEG, WebP, TIFF, GIF or AVIF file.",
    });
  }
  const { width, height, orientation = 1 } = header;
  if (width * height > maxPixels) {
    throw new DiopterError("image/too-large", {
      message: `The picture has ${width} x ${height} pixels.`,
      remedy: `Send one of at most ${maxPixels} pixels.`,
    });
  }
  return orientation < 5 ? { width, height } : { width: height, height: width };
}

/**
 * A copy for the screen: 8 bits, sRGB.
 * @throws DiopterError `image/not-an-image`, `image/too-large`.
 */
export async function previewPicture(
  path: string,
  { preview, size }: PictureRequest,
  maxPixels: number,
): Promise<{ readonly type: string; readonly bytes: Buffer }> {
  await measurePicture(path, maxPixels);
  const [format = "webp", quality = "80"] = (preview ?? defaultPreview).split(";");
  const sharp = await loadSharp();
  const picture = sharp(path, { limitInputPixels: maxPixels }).autoOrient();
  const resized =
    size === undefined
      ? picture
      : picture.resize(size, size, { fit: "inside", withoutEnlargement: true });
  const encoded = {
    webp: () => resized.webp({ quality: Number(quality) }),
    jpeg: () => resized.jpeg({ quality: Number(quality) }),
    png: () => resized.png(),
  }[format];
  try {
    const bytes = await (encoded ?? (() => resized.webp()))().toBuffer();
    return { type: `image/${format}`, bytes };
  } catch (cause) {
    throw new DiopterError("image/truncated", {
      message: "The picture cannot be decoded.",
      remedy: "Look whether other programs can open it.",
      cause,
    });
  }
}
