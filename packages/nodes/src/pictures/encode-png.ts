import { promisify } from "node:util";
import { constants, deflateRaw, deflateSync, type ZlibOptions } from "node:zlib";
import { adler32 } from "./adler32.js";
import { pngChunk, pngSignature } from "./png-chunk.js";
import { filteredStrips, type Strip } from "./png-strips.js";
import { channelCount, type FloatPicture, type QuantiseOptions } from "./quantise.js";

export interface PngOptions {
  /** 0 nothing, 1 to 6 runs alone, 7 to 9 whatever repeats itself. */
  readonly compression: number;
  /** Attached as it is. */
  readonly icc?: Uint8Array | undefined;
  /** Chunks to follow the header. */
  readonly texts: readonly Buffer[];
}

export interface EncodedPng {
  readonly bytes: Buffer;
  /** How many values were not finite; they are written as 0. */
  readonly broken: number;
}

/** Strips in memory; as many threads can be busy with them. */
const mostStrips = 16;
/** Beyond it repetitions are searched for, which takes ten times as long. */
const runsAlone = 6;
/** How far back a stream can refer. */
const windowBytes = 32_768;
/** A zlib stream with that window (RFC 1950). */
const streamHeader = Buffer.from([0x78, 0x01]);
const colourTypes: readonly number[] = [0, 4, 2, 6];

const compress = promisify<Uint8Array, ZlibOptions, Buffer>(deflateRaw);

/**
 * A PNG file (PNG 3rd edition). Strips of rows are rounded and filtered here while other threads
 * compress those before, and only a few are in memory at a time.
 */
export async function encodePng(
  picture: FloatPicture,
  quantising: QuantiseOptions,
  { compression, icc, texts }: PngOptions,
): Promise<EncodedPng> {
  const pieces: Promise<Buffer>[] = [];
  let [sum, broken] = [1, 0];
  let before: Strip | undefined;
  for (const strip of filteredStrips(picture, quantising)) {
    sum = adler32(sum, strip.bytes);
    broken += strip.broken;
    const piece = compressStrip(strip, before, compression).then(dataChunk);
    // Whoever waits for it meets the failure; until then it is nobody's.
    piece.catch(() => {});
    pieces.push(piece);
    before = strip;
    await pieces.at(-mostStrips);
  }
  const end = Buffer.alloc(4);
  end.writeUInt32BE(sum);
  const bytes = Buffer.concat([
    pngSignature,
    pngChunk("IHDR", header(picture, quantising)),
    ...texts,
    ...(icc === undefined ? [] : [pngChunk("iCCP", profile(icc))]),
    dataChunk(streamHeader),
    ...(await Promise.all(pieces)),
    dataChunk(end),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
  return { bytes, broken };
}

const dataChunk = (data: Buffer) => pngChunk("IDAT", data);

function header(picture: FloatPicture, options: QuantiseOptions): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(picture.width, 0);
  data.writeUInt32BE(picture.height, 4);
  data.writeUInt8(options.bitDepth, 8);
  data.writeUInt8(colourTypes[channelCount(picture, options) - 1] ?? 0, 9);
  return data;
}

function profile(icc: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from("ICC profile\0\0", "latin1"), deflateSync(icc)]);
}

/** Pieces that follow each other are one stream: each ends at a whole byte, the last one for good. */
function compressStrip(strip: Strip, before: Strip | undefined, level: number): Promise<Buffer> {
  const { Z_FINISH, Z_SYNC_FLUSH, Z_RLE, Z_DEFAULT_STRATEGY } = constants;
  const isSearch = level > runsAlone;
  const dictionary = isSearch ? before?.bytes.subarray(-windowBytes) : undefined;
  return compress(strip.bytes, {
    level,
    strategy: isSearch ? Z_DEFAULT_STRATEGY : Z_RLE,
    finishFlush: strip.isLast ? Z_FINISH : Z_SYNC_FLUSH,
    // Room for all that can come out, so that the other thread is asked once.
    chunkSize: strip.bytes.length + (strip.bytes.length >> 6) + 1024,
    ...(dictionary === undefined ? {} : { dictionary }),
  });
}
