import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type OverlayOptions } from "sharp";

/** Rectangles of the sample pictures that show what the model does; sides in pixels of the sample. */
const samples = [
  { file: "orchard-192x128.jpg", left: 40, top: 30, width: 104, height: 78 },
  { file: "sign-127x95.png", left: 12, top: 8, width: 104, height: 78 },
] as const;

const scale = 4;
const gap = 8;

/** Draws docs/pictures/upscaled.jpg: samples interpolated (left) and enlarged by Diopter (right). */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "diopter-pictures-"));
  const parts: OverlayOptions[] = [];
  let top = 0;
  for (const { file, ...place } of samples) {
    const result = join(folder, `${file}.png`);
    upscale(join("examples", file), result);
    const size = { width: scale * place.width, height: scale * place.height };
    const interpolated = sharp(join("examples", file)).extract(place);
    const enlarged = sharp(result).extract({
      left: scale * place.left,
      top: scale * place.top,
      ...size,
    });
    const left = await interpolated
      .resize({ ...size, kernel: "cubic" })
      .png()
      .toBuffer();
    parts.push({ input: left, left: 0, top });
    parts.push({ input: await enlarged.png().toBuffer(), left: size.width + gap, top });
    top += size.height + gap;
  }
  const width = 2 * scale * samples[0].width + gap;
  const sheet = sharp({ create: { width, height: top - gap, channels: 3, background: "#fff" } });
  await sheet.composite(parts).jpeg({ quality: 88 }).toFile("docs/pictures/upscaled.jpg");
  rmSync(folder, { recursive: true });
}

function upscale(picture: string, result: string): void {
  const words = ["run", "workflows/upscale.json", "--image", picture, "--output", result];
  const { status } = spawnSync(
    process.execPath,
    ["packages/cli/bin/diopter.js", ...words, "--device", "cpu", "--quiet"],
    { stdio: "inherit" },
  );
  if (status !== 0) throw new Error(`diopter ended with exit code ${status}`);
}

await main();
