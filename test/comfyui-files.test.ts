import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, it } from "vitest";
import { root, workspace } from "./support/diopter.js";

const { diopter, path } = workspace();
copyFileSync(join(root, "examples", "cottage-64x64.png"), path("photo.png"));

const prompt = {
  "1": { class_type: "LoadImage", inputs: { image: "photo.png" } },
  "2": {
    class_type: "ImageScaleBy",
    inputs: { image: ["1", 0], upscale_method: "bicubic", scale_by: 1.5 },
  },
  "3": { class_type: "SaveImage", inputs: { images: ["2", 0], filename_prefix: "up" } },
};

const graph = {
  version: 0.4,
  nodes: [
    { id: 1, type: "LoadImage", widgets_values: ["photo.png", "image"] },
    {
      id: 2,
      type: "ImageScaleBy",
      inputs: [{ name: "image", type: "IMAGE", link: 1 }],
      widgets_values: ["bicubic", 1.5],
    },
    {
      id: 3,
      type: "SaveImage",
      inputs: [{ name: "images", type: "IMAGE", link: 2 }],
      widgets_values: ["graph"],
    },
    { id: 4, type: "Note", widgets_values: ["Enlarges."] },
  ],
  links: [
    [1, 1, 0, 2, 0, "IMAGE"],
    [2, 2, 0, 3, 0, "IMAGE"],
  ],
};

const pixels = (file: string) => sharp(path(file)).raw().toBuffer();

it("runs what ComfyUI exports and what its editor saves, with the same pixels", async () => {
  writeFileSync(path("prompt.json"), JSON.stringify(prompt));
  writeFileSync(path("graph.json"), JSON.stringify(graph));
  expect(await diopter(["run", "prompt.json", "--device", "cpu"])).toMatchObject({ code: 0 });
  const second = await diopter(["run", "graph.json", "--device", "cpu"]);
  expect(second.code).toBe(0);
  expect(second.err).toContain("Node 4 (Note) is a remark and was left out.");
  expect(await sharp(path("up_00001_.png")).metadata()).toMatchObject({ width: 96, height: 96 });
  expect((await pixels("up_00001_.png")).equals(await pixels("graph_00001_.png"))).toBe(true);
});

it("says what cannot run, and what to use in place of it", async () => {
  const text = { class_type: "CLIPTextEncode", inputs: { text: "sharp", clip: ["9", 1] } };
  const sampler = { class_type: "KSampler", inputs: { positive: ["8", 0] } };
  writeFileSync(path("text.json"), JSON.stringify({ ...prompt, "8": text, "10": sampler }));
  const run = await diopter(["run", "text.json"]);
  expect(run.code).toBe(3);
  expect(run.err).toMatch(/CLIPTextEncode.*\(And 1 other node\.\).*\[comfyui\/unsupported\]/);
  const check = await diopter(["check", "text.json"]);
  expect(check.code).toBe(3);
  expect(check.err).toMatch(/KSampler/);
  writeFileSync(path("prompt.json"), JSON.stringify(prompt));
  expect(await diopter(["check", "prompt.json"])).toMatchObject({ code: 0 });
});

it("takes the workflow out of a picture that ComfyUI has saved", async () => {
  const keyword = Buffer.from("prompt\0", "latin1");
  const chunk = Buffer.concat([keyword, Buffer.from(JSON.stringify(prompt), "latin1")]);
  writeFileSync(path("made.png"), withChunk(readFileSync(path("photo.png")), "tEXt", chunk));
  expect(await diopter(["check", "made.png"])).toMatchObject({ code: 0 });
  const none = await diopter(["check", "photo.png"]);
  expect(none.err).toContain("carries no workflow");
});

/** The file with a chunk behind its header. */
function withChunk(png: Buffer, type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, 33), length, body, check, png.subarray(33)]);
}

/** ISO 3309, bit by bit. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
