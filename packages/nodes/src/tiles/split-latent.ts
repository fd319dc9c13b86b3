import { defineNode, integer, latent, tiles } from "@diopter/engine";
import { cutTiles } from "./cut-tiles.js";

/** All tiles have one shape; the last of a row or column is pulled back inside. */
export const splitLatent = defineNode({
  type: "tiles/split-latent",
  version: 1,
  title: "Split latent",
  help: "Cuts a latent into overlapping tiles of one shape.",
  source: "AdaDiffSR, region integration; tile and overlap as in StableSR",
  inputs: { latent: latent() },
  params: {
    size: integer({ default: 64, min: 1, max: 1024, help: "Side of a tile, in latent elements" }),
    overlap: integer({ default: 32, min: 0, max: 512, help: "What neighbours share, at least" }),
  },
  outputs: { tiles: tiles() },
  async run({ latent: source }, { size, overlap }) {
    const cut = await cutTiles(source.samples, size, overlap);
    return { tiles: { ...cut, content: "latent", source } };
  },
});
