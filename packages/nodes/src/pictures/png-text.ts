import { crc32, inflateSync } from "node:zlib";
import { pngChunk, pngSignature } from "./png-chunk.js";

const maxTextBytes = 32 * 1024 * 1024;

export function isPng(bytes: Uint8Array): boolean {
  return pngSignature.every((byte, index) => bytes[index] === byte);
}

/** A chunk that holds a text: an iTXt chunk, PNG 3rd edition 11.3.3.4, to follow the header. */
export function pngText(keyword: string, text: string): Buffer {
  const heading = Buffer.from(`${keyword}\0\0\0\0\0`, "latin1");
  return pngChunk("iTXt", Buffer.concat([heading, Buffer.from(text, "utf8")]));
}

/**
 * The text of a keyword in a PNG file's tEXt or iTXt chunks.
 * @returns undefined where there is none, or where it is damaged or larger than 32 MiB.
 */
export function readPngText(png: Buffer, keyword: string): string | undefined {
  let offset = pngSignature.length;
  while (offset + 12 <= png.length) {
    const length = png.readUInt32BE(offset);
    const type = png.toString("latin1", offset + 4, offset + 8);
    const end = offset + 8 + length;
    if (end + 4 > png.length) return undefined;
    const data = png.subarray(offset + 8, end);
    const mark = data.indexOf(0);
    if (isText(type) && mark > 0 && data.toString("latin1", 0, mark) === keyword) {
      const intact = crc32(png.subarray(offset + 4, end)) === png.readUInt32BE(end);
      if (!intact || length > maxTextBytes) return undefined;
      return type === "tEXt" ? data.toString("latin1", mark + 1) : internationalText(data, mark);
    }
    offset = end + 4;
  }
  return undefined;
}

function isText(type: string): boolean {
  return type === "tEXt" || type === "iTXt";
}

/** Behind the keyword: compression flag and method, language, translated keyword, text. */
function internationalText(data: Buffer, mark: number): string | undefined {
  const language = data.indexOf(0, mark + 3);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  if (translated < 0) return undefined;
  const text = data.subarray(translated + 1);
  if (data[mark + 1] === 0) return text.toString("utf8");
  try {
    return inflateSync(text, { maxOutputLength: maxTextBytes }).toString("utf8");
  } catch {
    return undefined;
  }
}
