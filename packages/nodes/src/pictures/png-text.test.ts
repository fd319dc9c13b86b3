import { deflateSync } from "node:zlib";
import fc from "fast-check";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { pngChunk } from "./png-chunk.js";
import { isPng, pngText, readPngText } from "./png-text.js";

let png: Buffer;
beforeAll(async () => {
  const create = { width: 3, height: 3, channels: 3, background: "red" } as const;
  png = await sharp({ create }).png().toBuffer();
});

/** The picture with one more chunk behind its header. */
function withChunk(chunk: Buffer): Buffer {
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

describe("text in PNG files", () => {
  test("comes back as it was, in a file that others can read", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 200 }), async (text) => {
        const carrying = withChunk(pngText("diopter", text));
        expect(readPngText(carrying, "diopter")).toBe(Buffer.from(text, "utf8").toString("utf8"));
        expect(readPngText(carrying, "other")).toBeUndefined();
        expect((await sharp(carrying).metadata()).width).toBe(3);
      }),
      { numRuns: 30 },
    );
  });

  test("is read where another program rewrote it: plain or deflated", () => {
    const plain = Buffer.from("diopter\0{}", "latin1");
    expect(readPngText(withChunk(pngChunk("tEXt", plain)), "diopter")).toBe("{}");
    const heading = Buffer.from("diopter\0\u0001\0en\0\0", "latin1");
    const deflated = Buffer.concat([heading, deflateSync("{}")]);
    expect(readPngText(withChunk(pngChunk("iTXt", deflated)), "diopter")).toBe("{}");
    const broken = Buffer.concat([heading, Buffer.from("broken")]);
    expect(readPngText(withChunk(pngChunk("iTXt", broken)), "diopter")).toBeUndefined();
  });

  test("is left alone where the file is damaged", () => {
    const carrying = withChunk(pngText("diopter", "some text"));
    fc.assert(
      fc.property(fc.nat(carrying.length - 1), fc.nat(255), (place, byte) => {
        const damaged = Buffer.from(carrying);
        damaged[place] = byte;
        expect(["some text", undefined]).toContain(readPngText(damaged, "diopter"));
        expect(["some text", undefined]).toContain(
          readPngText(carrying.subarray(0, place), "diopter"),
        );
      }),
    );
  });

  test("begins with the signature", () => {
    expect(isPng(png)).toBe(true);
    expect(isPng(png.subarray(1))).toBe(false);
  });
});
