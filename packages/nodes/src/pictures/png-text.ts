import { crc32, inflateSync } from "node:zlib";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Where the first chunk, IHDR, ends: its length is fixed. */
const afterHeader = 33;
const maxTextBytes = 32 * 1024 * 1024;

export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** A PNG file with one more text (an iTXt chunk, PNG 3rd edition 11.3.3.4) behind its header. */
export function insertPngText(png: Buffer, keyword: string, text: string): Buffer {
  const data = Buffer.concat([
    Buffer.from(keyword, "latin1"),
    Buffer.from([0, 0, 0, 0, 0]),
    Buffer.from(text, "utf8"),
  ]);
  const chunk = Buffer.alloc(data.length + 12);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write("iTXt", 4, "latin1");
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}

/**
 * The text of a keyword in a PNG file's tEXt or iTXt chunks.
 * @returns undefined where there is none, or where it is damaged or larger than 32 MiB.
 */
export function readPngText(png: Buffer, keyword: string): string | undefined {
  let offset = signature.length;
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
