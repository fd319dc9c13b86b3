import {
  choice,
  DiopterError,
  defineNode,
  float32Tensor,
  image,
  integer,
  type Tensor,
} from "@diopter/engine";

const anchors = ["top-left", "centre"] as const;

interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface CropParams {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly from: (typeof anchors)[number];
}

/** Alpha is cropped alongside. */
export const crop = defineNode({
  type: "image/crop",
  version: 1,
  title: "Crop",
  help: "Cuts a rectangle out of a picture.",
  inputs: { image: image() },
  params: {
    from: choice({ default: "top-left", options: anchors, help: "What x and y are measured from" }),
    x: integer({ default: 0, min: -100_000, max: 100_000, unit: "px" }),
    y: integer({ default: 0, min: -100_000, max: 100_000, unit: "px" }),
    width: integer({
      default: 0,
      min: 0,
      max: 100_000,
      unit: "px",
      help: "0 is as wide as it goes",
    }),
    height: integer({
      default: 0,
      min: 0,
      max: 100_000,
      unit: "px",
      help: "0 is as high as it goes",
    }),
  },
  outputs: { image: image() },
  async run({ image: source }, params) {
    const area = cropArea(source.pixels.shape, params);
    const pixels = await cropTensor(source.pixels, area);
    if (source.alpha === undefined) return { image: { ...source, pixels } };
    return { image: { ...source, pixels, alpha: await cropTensor(source.alpha, area) } };
  },
});

/** @throws DiopterError `image/size-mismatch` when the rectangle is not inside the picture. */
function cropArea(shape: readonly number[], { from, x, y, ...size }: CropParams): Area {
  const [, , fullHeight = 1, fullWidth = 1] = shape;
  const centred = from === "centre";
  const width = size.width || fullWidth - (centred ? 2 * Math.abs(x) : x);
  const height = size.height || fullHeight - (centred ? 2 * Math.abs(y) : y);
  const left = centred ? Math.floor((fullWidth - width) / 2) + x : x;
  const top = centred ? Math.floor((fullHeight - height) / 2) + y : y;
  const inside =
    Math.min(left, top) >= 0 &&
    Math.min(width, height) > 0 &&
    left + width <= fullWidth &&
    top + height <= fullHeight;
  if (inside) return { left, top, width, height };
  throw new DiopterError("image/size-mismatch", {
    message:
      `${width} × ${height} pixels from (${left}, ${top}) do not lie inside a picture of ` +
      `${fullWidth} × ${fullHeight}.`,
    remedy: "Choose a smaller rectangle or move it inside.",
    port: "image",
  });
}

async function cropTensor(
  source: Tensor<"float32">,
  { left, top, width, height }: Area,
): Promise<Tensor<"float32">> {
  const [batch = 1, channels = 1, fullHeight = 1, fullWidth = 1] = source.shape;
  const data = await source.read();
  const result = new Float32Array(batch * channels * height * width);
  for (let line = 0; line < batch * channels * height; line += 1) {
    const plane = Math.floor(line / height);
    const start = (plane * fullHeight + top + (line % height)) * fullWidth + left;
    result.set(data.subarray(start, start + width), line * width);
  }
  return float32Tensor([batch, channels, height, width], result);
}
