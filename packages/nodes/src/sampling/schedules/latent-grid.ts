import { DiopterError, type LatentValue, type MapValue } from "@diopter/engine";
import { resample } from "../../image/resample/index.js";
import { reflectPad } from "../../latent/reflect-pad.js";

/**
 * The mean of a map over the pixels of each latent element: width × height numbers. What pads the
 * picture to whole elements is mirrored, as in the encoder's input.
 * @param map one picture's, as large as the picture that was encoded.
 * @throws DiopterError `node/invalid-value` at `variance` for a map of another size, or of several
 * pictures.
 */
export async function onLatentGrid(
  { values }: MapValue,
  { samples, downscale }: LatentValue,
): Promise<Float32Array> {
  const [batch = 1, , height = 1, width = 1] = values.shape;
  const [rows = 1, columns = 1] = samples.shape.slice(2);
  if (batch !== 1) {
    throw invalid(
      `There are ${batch} variance maps; a schedule is made for one picture.`,
      "Run the pictures one by one, as a folder of them does.",
    );
  }
  if (Math.ceil(width / downscale) !== columns || Math.ceil(height / downscale) !== rows) {
    throw invalid(
      `The variance map has ${width}×${height} pixels, the latent ${columns}×${rows} elements of ` +
        `${downscale} pixels a side.`,
      "Make the map from the very picture that is encoded.",
    );
  }
  const size = { width: columns * downscale, height: rows * downscale };
  const plane = { data: await values.read(), planes: 1, width, height };
  const { data } = reflectPad(plane, size.width, size.height);
  return resample(data, { ...size, targetWidth: columns, targetHeight: rows }, "area");
}

function invalid(message: string, remedy: string): DiopterError {
  return new DiopterError("node/invalid-value", { message, remedy, port: "variance" });
}
