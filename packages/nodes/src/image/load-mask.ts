import { boolean, choice, defineNode, file, float32Tensor, map } from "@diopter/engine";
import { type DecodedPicture, readPicture } from "../pictures/index.js";

const channels = ["alpha", "red", "green", "blue"] as const;
const maxPixels = 268e6;

export const loadMask = defineNode({
  type: "image/load-mask",
  version: 1,
  title: "Load mask",
  help: "Reads one channel of a picture as a map.",
  inputs: {},
  params: {
    path: file({ default: "", content: "image", title: "File" }),
    channel: choice({ default: "alpha", options: channels, help: "Alpha is 1 where opaque." }),
    invert: boolean({ default: false, help: "One minus each value." }),
  },
  outputs: { map: map() },
  async run(_inputs, { path, channel, invert }, context) {
    const picture = await readPicture(context.resolve(path), { maxPixels });
    for (const note of picture.notes) context.note(note);
    const plane = planeOf(picture, channel);
    const data = invert ? plane.map((value) => 1 - value) : plane;
    const values = float32Tensor([1, 1, picture.height, picture.width], data);
    context.preview({ kind: "heat-map", values });
    return { map: { values } };
  },
});

function planeOf(picture: DecodedPicture, channel: (typeof channels)[number]): Float32Array {
  const { pixels, alpha, width, height } = picture;
  const size = width * height;
  if (channel === "alpha") return alpha ?? new Float32Array(size).fill(1);
  const place = channels.indexOf(channel) - 1;
  return pixels.slice(place * size, (place + 1) * size);
}
