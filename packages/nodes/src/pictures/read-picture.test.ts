import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DiopterError } from "@diopter/engine";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../test/temporary-folder.js";
import { largestDifference, noiseArray } from "../test/test-picture.js";
import { readPicture } from "./read-picture.js";

const folder = temporaryFolder(afterAll);
const options = { maxPixels: 1e6 };

const bytes = (length: number): Uint8Array =>
  Uint8Array.from(noiseArray(length), (value) => Math.floor(value * 256));
const words = (length: number): Uint16Array =>
  Uint16Array.from(noiseArray(length), (value) => Math.floor(value * 65536));

function save(name: string, data: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, data);
  return path;
}

/** Planar values as they should be read from interleaved ones. */
function planar(data: ArrayLike<number>, channels: number, channel: number, largest: number) {
  return Float32Array.from(
    { length: data.length / channels },
    (_, place) => (data[place * channels + channel] ?? 0) / largest,
  );
}

describe("readPicture", () => {
  test("reads 8-bit RGB exactly", async () => {
    const data = bytes(7 * 5 * 3);
    const png = await sharp(data, { raw: { width: 7, height: 5, channels: 3 } })
      .png()
      .toBuffer();
    const picture = await readPicture(save("rgb.png", png), options);
    expect(picture).toMatchObject({ width: 7, height: 5, bitDepth: 8, gray: false, notes: [] });
    expect(picture.alpha).toBeUndefined();
    expect([...picture.pixels.subarray(35, 70)]).toEqual([...planar(data, 3, 1, 255)]);
  });

  test.each(["png", "tiff"] as const)("reads 16-bit RGBA of %s exactly", async (format) => {
    const data = words(9 * 4 * 4);
    const encoded = await sharp(data, { raw: { width: 9, height: 4, channels: 4 } })
      .toColourspace("rgb16")
      .toFormat(format, format === "tiff" ? { compression: "lzw" } : {})
      .toBuffer();
    const picture = await readPicture(save(`deep.${format}`, encoded), options);
    expect(picture.bitDepth).toBe(16);
    expect([...picture.pixels.subarray(72)]).toEqual([...planar(data, 4, 2, 65535)]);
    expect([...(picture.alpha ?? [])]).toEqual([...planar(data, 4, 3, 65535)]);
  });

  test("reads gray three times and remembers it", async () => {
    const data = words(6 * 6);
    const png = await sharp(data, { raw: { width: 6, height: 6, channels: 1 } })
      .toColourspace("grey16")
      .png()
      .toBuffer();
    const picture = await readPicture(save("gray.png", png), options);
    expect(picture).toMatchObject({ gray: true, bitDepth: 16 });
    const expected = [...planar(data, 1, 0, 65535)];
    for (const plane of [0, 36, 72]) {
      expect([...picture.pixels.subarray(plane, plane + 36)]).toEqual(expected);
    }
  });

  test("reads a palette as the colours that it stands for", async () => {
    const data = Uint8Array.from([255, 0, 0, 0, 0, 255, 255, 0, 0, 0, 255, 0]);
    const raw = { width: 2, height: 2, channels: 3 } as const;
    const png = await sharp(data, { raw }).png({ palette: true }).toBuffer();
    const picture = await readPicture(save("palette.png", png), options);
    expect([...picture.pixels]).toEqual([1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0]);
  });

  test("applies the EXIF orientation", async () => {
    const data = bytes(3 * 2 * 3);
    const jpeg = await sharp(data, { raw: { width: 3, height: 2, channels: 3 } })
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const picture = await readPicture(save("turned.png", jpeg), options);
    expect(picture).toMatchObject({ width: 2, height: 3 });
    const [a, b, c, d, e, f] = planar(data, 3, 0, 255);
    expect([...picture.pixels.subarray(0, 6)]).toEqual([d, a, e, b, f, c]);
  });

  test("takes the first frame of an animation and says so", async () => {
    const data = bytes(4 * 8 * 3);
    const gif = await sharp(data, { raw: { width: 4, height: 8, channels: 3, pageHeight: 4 } })
      .gif()
      .toBuffer();
    const picture = await readPicture(save("moving.gif", gif), options);
    expect(picture).toMatchObject({ width: 4, height: 4 });
    expect(picture.notes).toEqual(["The file holds 2 frames or pages; the first was read."]);
  });

  test("converts CMYK and says so", async () => {
    const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: "white" } })
      .toColourspace("cmyk")
      .jpeg()
      .toBuffer();
    const picture = await readPicture(save("print.jpg", jpeg), options);
    expect(picture.notes).toEqual(["The picture was converted from CMYK to sRGB."]);
    expect(Math.min(...picture.pixels)).toBeGreaterThan(0.97);
  });

  test("converts a Display P3 picture to sRGB in float", async () => {
    const colour = { r: 200, g: 100, b: 50 };
    const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: colour } })
      .withIccProfile("p3")
      .png()
      .toBuffer();
    const picture = await readPicture(save("wide.png", png), options);
    expect(picture.icc?.length).toBeGreaterThan(100);
    const expected = [200 / 255, 100 / 255, 50 / 255];
    expect(largestDifference(picture.pixels, expected)).toBeLessThan(1.5 / 255);
  });
});

describe("readPicture refuses", () => {
  const refusal = async (path: string) => {
    const thrown: unknown = await readPicture(path, options).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(DiopterError);
    return DiopterError.is(thrown) ? { code: thrown.code, remedy: thrown.remedy } : undefined;
  };
  const encoded = () => sharp(bytes(64 * 64 * 3), { raw: { width: 64, height: 64, channels: 3 } });

  test("a missing file", async () => {
    expect(await refusal(join(folder, "none.png"))).toMatchObject({ code: "file/not-found" });
  });

  test("a folder", async () => {
    expect(await refusal(folder)).toMatchObject({
      code: "file/unreadable",
      remedy: "Name a picture inside it.",
    });
  });

  test.skipIf(process.platform === "win32")("a device, which might never end", async () => {
    expect(await refusal("/dev/zero")).toMatchObject({ code: "file/unreadable" });
  });

  test.skipIf(process.getuid?.() === 0)(
    "a file without permission (root may read all)",
    async () => {
      const path = save("secret.png", await encoded().png().toBuffer());
      chmodSync(path, 0);
      expect(await refusal(path)).toMatchObject({ code: "file/unreadable" });
    },
  );

  test("an empty file", async () => {
    expect(await refusal(save("empty.png", new Uint8Array()))).toMatchObject({
      code: "image/truncated",
    });
  });

  test("a text file named .png", async () => {
    const path = save("text.png", Buffer.from("This is a note, not a picture."));
    expect(await refusal(path)).toMatchObject({ code: "image/not-an-image" });
  });

  test.each(["jpeg", "png", "webp", "tiff", "gif"] as const)("half a %s", async (format) => {
    const whole = await encoded().toFormat(format).toBuffer();
    const path = save(`half.${format}`, whole.subarray(0, Math.floor(whole.length / 2)));
    expect(await refusal(path)).toMatchObject({ code: "image/truncated" });
  });

  test("a header of 60,000 × 60,000, before decoding", async () => {
    const png = await encoded().png().toBuffer();
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    expect(await refusal(save("huge.png", png))).toMatchObject({ code: "image/too-large" });
  });
});
