import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineNode, denoiser, image, textPort } from "@diopter/engine";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { shippedDenoisers } from "../model/index.js";
import { temporaryFolder } from "../test/temporary-folder.js";
import { runNodes } from "./control-run.test-support.js";
import { images } from "./images.js";
import { models } from "./models.js";

const folder = temporaryFolder(afterAll);

const pair = defineNode({
  type: "test/pair",
  version: 1,
  title: "Pair",
  help: "Names a picture and a model.",
  inputs: { image: image(), denoiser: denoiser() },
  params: {},
  outputs: { names: textPort() },
  run: async ({ image: picture, denoiser: model }) => ({
    names: `${picture.pixels.shape[3]} ${model.originalChannels > 0}`,
  }),
});

test("pictures × models: every picture meets every model", async () => {
  mkdirSync(join(folder, "photos"));
  for (const width of [3, 5]) {
    const background = { r: 0, g: 0, b: 0 };
    const png = sharp({ create: { width, height: 2, channels: 3, background } }).png();
    writeFileSync(join(folder, "photos", `${width}.png`), await png.toBuffer());
  }
  const nodes = {
    photos: { type: "control/images", params: { path: "photos/*.png" } },
    models: { type: "control/models", params: { path: Object.keys(shippedDenoisers)[0] ?? "" } },
    pair: {
      type: "test/pair",
      inputs: { image: ["photos", "image"], denoiser: ["models", "denoiser"] },
    },
  } as const;
  const report = await runNodes(nodes, [images, models, pair], folder, { values: ["pair"] });
  expect(report.error).toBeUndefined();
  expect(report.values.pair?.map(({ item, outputs }) => [item, outputs.names])).toEqual([
    [[0, 0], "3 true"],
    [[1, 0], "5 true"],
  ]);
});
