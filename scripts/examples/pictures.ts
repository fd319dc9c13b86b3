import { renderScene } from "./camera.js";
import { renderCutout } from "./cutout.js";
import { renderDusk } from "./dusk.js";
import { eightBit, sixteenBitPng, toGray, turnedLeft } from "./encode.js";
import { photograph } from "./photograph.js";
import { crop } from "./raster.js";

export interface Picture {
  readonly name: string;
  readonly bytes: Buffer;
}

const png = { compressionLevel: 9 } as const;

/** Every picture of `examples/`, by file name; the same bytes' worth of pixels every time. */
export const renderPictures = async (): Promise<Picture[]> => {
  const scene = renderScene(768, 512);
  const poor = photograph(scene, { shrinkBy: 4, blur: 1.2, noise: 0.006 });
  const small = photograph(scene, { shrinkBy: 8, blur: 3, noise: 0 });
  const fair = photograph(scene, { shrinkBy: 2, blur: 1, noise: 0.004 });
  const makers = {
    "orchard-192x128.jpg": eightBit(poor).jpeg({ quality: 86 }),
    "sign-127x95.png": eightBit(crop(fair, 186, 126, 127, 95)).png(png),
    "cottage-64x64.png": eightBit(crop(poor, 52, 36, 64, 64)).png(png),
    "orchard-gray-96x64.png": eightBit(toGray(small)).toColourspace("b-w").png(png),
    "tree-alpha-90x101.png": eightBit(renderCutout(90, 101)).png(png),
    "dusk-16bit-96x64.png": sixteenBitPng(renderDusk(96, 64)),
    "dusk-gray-16bit-33x47.png": sixteenBitPng(toGray(crop(renderDusk(96, 64), 50, 10, 33, 47))),
    "orchard-p3-96x64.jpg": eightBit(small).withIccProfile("p3").jpeg({ quality: 90 }),
    "orchard-rotated-96x64.jpg": eightBit(turnedLeft(small))
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 90 }),
  };
  return Promise.all(
    Object.entries(makers).map(async ([name, maker]) => ({ name, bytes: await maker.toBuffer() })),
  );
};
