import { defineNode, file } from "@diopter/engine";
import { loadImage } from "../image/index.js";

/**
 * What reads its output runs once for each picture, up to a node that collects. Pictures are read
 * when their turn comes, so that memory does not grow with their number; one that cannot be read
 * fails alone.
 */
export const images = defineNode({
  type: "control/images",
  version: 1,
  title: "Images",
  help: "Reads the pictures of a folder or glob, one after the other.",
  inputs: {},
  params: {
    ...loadImage.params,
    path: file({
      default: "",
      content: "image",
      many: true,
      title: "Folder",
      help: "A folder, a pattern such as photos/*.jpg, or one picture",
    }),
  },
  outputs: loadImage.outputs,
  run: (inputs, params, context) => loadImage.run(inputs, params, context),
});
