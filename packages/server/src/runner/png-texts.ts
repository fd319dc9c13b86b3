import { readFile, writeFile } from "node:fs/promises";
import { crc32 } from "node:zlib";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const headerEnd = signature.length + 25;

/** Adds tEXt chunks (PNG 3rd edition, 11.3.3.2) to a file, if it is a PNG. Keywords are Latin. */
export async function addPngTexts(
  path: string,
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  const png = await readFile(path);
  if (!png.subarray(0, signature.length).equals(signature)) return;
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  const whole = [png.subarray(0, headerEnd), ...chunks, png.subarray(headerEnd)];
  await writeFile(path, Buffer.concat(whole));
}

function textChunk(keyword: string, text: string): Buffer {
  const body = Buffer.from(`tEXt${keyword}\0${escaped(text)}`, "latin1");
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** The chunk holds Latin-1, and JSON can say everything in ASCII. */
function escaped(json: string): string {
  return json.replaceAll(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
