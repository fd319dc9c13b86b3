import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { root, workspace } from "./support/diopter.js";

const { diopter, path } = workspace();

const copyWorkflow = (nodes: object) => JSON.stringify({ diopter: 1, name: "Copy", nodes });
const load = { type: "image/load", version: 1, params: { path: "picture.png" } };
const save = {
  type: "image/save",
  version: 1,
  params: { path: "result.png" },
  inputs: { image: ["photo", "image"] },
};
const loadVae = { type: "model/load-vae", version: 1, params: { path: "vae.safetensors" } };
const encode = {
  type: "latent/encode",
  version: 1,
  inputs: { image: ["photo", "image"], vae: ["vae", "vae"] },
};

const jpeg = readFileSync(join(root, "examples/orchard-192x128.jpg"));
const png = readFileSync(join(root, "examples/cottage-64x64.png"));
const vae = readFileSync(join(root, "models/vae.safetensors"));

/** A PNG whose header is sound and promises `width` × `height` pixels that do not follow. */
function promisingPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = chunk("IDAT", deflateSync(Buffer.alloc(64)));
  return Buffer.concat([signature, chunk("IHDR", header), pixels, chunk("IEND", Buffer.alloc(0))]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Each case: files to lay out, the workflow's nodes, and what must be said. */
const cases: readonly {
  readonly name: string;
  readonly files?: Readonly<Record<string, Uint8Array | string>>;
  readonly nodes?: object;
  readonly text?: string;
  readonly code: string;
  readonly exit: number;
}[] = [
  {
    name: "a truncated JPEG",
    files: { "picture.png": jpeg.subarray(0, jpeg.length / 2) },
    code: "image/truncated",
    exit: 4,
  },
  {
    name: "a truncated PNG",
    files: { "picture.png": png.subarray(0, png.length / 2) },
    code: "image/truncated",
    exit: 4,
  },
  {
    name: "a text file named .png",
    files: { "picture.png": "This is no picture.\n" },
    code: "image/not-an-image",
    exit: 4,
  },
  { name: "an empty file", files: { "picture.png": "" }, code: "image/truncated", exit: 4 },
  {
    name: "a header of 60,000 × 60,000 pixels",
    files: { "picture.png": promisingPng(60_000, 60_000) },
    code: "image/too-large",
    exit: 4,
  },
  { name: "a missing picture", code: "file/not-found", exit: 4 },
  {
    name: "corrupt weights",
    files: { "picture.png": png, "vae.safetensors": vae.subarray(0, 4000) },
    nodes: { photo: load, vae: loadVae, encode },
    code: "model/corrupt",
    exit: 5,
  },
  {
    name: "weights that are no weights",
    files: { "picture.png": png, "vae.safetensors": "no weights at all, only words" },
    nodes: { photo: load, vae: loadVae, encode },
    code: "model/corrupt",
    exit: 5,
  },
  {
    name: "missing weights",
    files: { "picture.png": png },
    nodes: { photo: load, vae: loadVae, encode },
    code: "model/not-found",
    exit: 5,
  },
  {
    name: "a cycle",
    nodes: {
      a: { type: "image/crop", version: 1, inputs: { image: ["b", "image"] } },
      b: { type: "image/crop", version: 1, inputs: { image: ["a", "image"] } },
    },
    code: "document/cycle",
    exit: 3,
  },
  { name: "a dangling wire", nodes: { save }, code: "document/dangling-wire", exit: 3 },
  {
    name: "a wire of the wrong type",
    nodes: { photo: { ...loadVae }, save: { ...save, inputs: { image: ["photo", "vae"] } } },
    code: "document/type-mismatch",
    exit: 3,
  },
  {
    name: "an unknown node",
    nodes: { photo: { type: "image/laod", version: 1 }, save },
    code: "document/unknown-node",
    exit: 3,
  },
  { name: "text that is not JSON", text: "{", code: "document/not-json", exit: 3 },
  { name: "JSON that is no workflow", text: "[1]", code: "document/invalid", exit: 3 },
  {
    name: "a picture outside of the folders",
    nodes: { photo: { ...load, params: { path: "../../../../../../etc/hostname" } }, save },
    code: "file/outside",
    exit: 4,
  },
  {
    name: "a result outside of the folder",
    files: { "picture.png": png },
    nodes: { photo: load, save: { ...save, params: { path: "/etc/result.png" } } },
    code: "file/outside",
    exit: 4,
  },
];

it.each(cases)("$name is one line with a remedy, and exit code $exit", async (broken) => {
  const folder = path(broken.name.replaceAll(/\W+/g, "-"));
  mkdirSync(folder);
  for (const [name, content] of Object.entries(broken.files ?? {})) {
    writeFileSync(join(folder, name), content);
  }
  const text = broken.text ?? copyWorkflow(broken.nodes ?? { photo: load, save });
  writeFileSync(join(folder, "workflow.json"), text);
  const words = ["run", "workflow.json", "--device", "cpu", "--quiet"];

  const call = await diopter(words, { directory: folder });

  expect(call.err).toMatch(/^diopter: [^\n]+\. [^\n]+ \[[^\n]+\]\n$/);
  expect(call.err).toContain(`[${broken.code}]`);
  expect(call.code).toBe(broken.exit);
});

it("an output that is a folder's place cannot be written, and says so", async () => {
  writeFileSync(path("picture.png"), png);
  writeFileSync(path("copy.json"), copyWorkflow({ photo: load, save }));
  mkdirSync(path("taken.png"));
  chmodSync(path("taken.png"), 0o555);
  const words = ["run", "copy.json", "--device", "cpu", "--quiet"];
  const call = await diopter([...words, "--set", "save.path=taken.png"]);
  expect(call.err).toContain("[output/unwritable]");
  expect(call.code).toBe(7);
});
