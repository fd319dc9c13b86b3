import { defineNode, image, integer, tiles } from "@diopter/engine";
import { cutTiles } from "./cut-tiles.js";

/** All tiles have one shape; the last of a row or column is pulled back inside. */
export const splitTiles = defineNode({
  type: "tiles/split",
  version: 1,
  title: "Split picture",
  help: "Cuts a picture into overlapping tiles of one shape.",
  source: "AdaDiffSR, region integration",
  inputs: { image: image() },
  params: {
    size: integer({ default: 512, min: 1, max: 8192, unit: "px", help: "Side of a tile" }),
    overlap: integer({
      default: 64,
      min: 0,
      max: 4096,
      unit: "px",
      help: "What neighbours share, at least",
    }),
  },
  outputs: { tiles: tiles() },
  async run({ image: source }, { size, overlap }) {
    const cut = await cutTiles(source.pixels, size, overlap);
    return { tiles: { ...cut, content: "image", source } };
  },
});
