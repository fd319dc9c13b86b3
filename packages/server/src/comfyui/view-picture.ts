import { stat } from "node:fs/promises";
import { DiopterError } from "@diopter/engine";
import type { Response } from "express";
import { z } from "zod";
import { invalidRequest, notFound } from "../http/request-errors.js";
import { mediaType, sendFile } from "../http/send-file.js";
import type { Services } from "../services.js";
import { promptJobs } from "./history.js";
import { readPictureName } from "./results.js";
import { uploadPath } from "./uploaded-pictures.js";

const querySchema = z.looseObject({
  filename: z.string().min(1).max(500),
  type: z.enum(["input", "output", "temp"]).default("output"),
  subfolder: z.string().max(500).default(""),
  preview: z
    .string()
    .regex(/^(webp|jpeg|png)(;([1-9][0-9]?|100))?$/)
    .optional()
    .catch("webp;90"),
  channel: z.enum(["rgba", "rgb", "a"]).default("rgba"),
});

/** How many jobs are searched for a picture whose folder was not named. */
const mostSearched = 100;

/**
 * GET /view: an upload or a result, a smaller copy, its colours without alpha, or its alpha.
 * @throws DiopterError `request/invalid`, `request/not-found`, `file/outside`.
 */
export async function viewPicture(
  services: Services,
  given: unknown,
  response: Response,
): Promise<void> {
  const parsed = querySchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join(".") ?? "";
    throw invalidRequest(`"${place}" cannot be used: ${issue?.message}.`, "Name a picture.");
  }
  const { filename, subfolder, preview, channel, type } = parsed.data;
  requireContained(filename, subfolder);
  const plain = filename.replace(/ \[(input|output|temp)\]$/, "");
  const path =
    type === "input"
      ? await uploadedPath(services, [subfolder, plain].filter((part) => part !== "").join("/"))
      : await resultPath(services, subfolder, plain);
  if (channel !== "rgba") {
    response.type("image/png").send(await oneChannel(path, channel, services));
    return;
  }
  await sendFile(response, {
    path,
    type: mediaType(plain),
    picture: { preview },
    maxPixels: services.settings.uploadPixels,
    immutable: false,
  });
}

function requireContained(filename: string, subfolder: string): void {
  const parts = [...filename.split(/[\\/]/), ...subfolder.split(/[\\/]/)];
  const isAbsolute = /^[\\/]/.test(filename) || /^[\\/]/.test(subfolder);
  if (!parts.includes("..") && !isAbsolute && !`${filename}${subfolder}`.includes("\0")) return;
  throw new DiopterError("file/outside", {
    message: "The name leads out of the folder.",
    remedy: "Give the name as it was told.",
  });
}

async function uploadedPath(services: Services, name: string): Promise<string> {
  const path = uploadPath(services, name);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true || !mediaType(path).startsWith("image/")) {
    throw notFound(`There is no picture "${name}".`);
  }
  return path;
}

async function resultPath(services: Services, subfolder: string, filename: string) {
  const { jobs, results } = services;
  const { job, name } = readPictureName(subfolder, filename);
  const candidates =
    subfolder === ""
      ? promptJobs(services, ["succeeded", "failed"], mostSearched).map((found) => found.job)
      : [jobs.find(job)];
  const found = candidates.flatMap((one) => one?.results ?? []).find((one) => one.name === name);
  const path = found === undefined ? undefined : await results.find(found.hash);
  if (path === undefined) throw notFound(`There is no picture "${filename}".`);
  return path;
}

async function oneChannel(
  path: string,
  channel: "rgb" | "a",
  { settings }: Services,
): Promise<Buffer> {
  // Loaded when it is needed: it takes its time and memory.
  const { default: sharp } = await import("sharp");
  const picture = sharp(path, { limitInputPixels: settings.uploadPixels });
  if (channel === "rgb") return picture.removeAlpha().png().toBuffer();
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  // Its opacity as the opacity of black, which is how editors of masks want it.
  const size = { width: info.width, height: info.height, channels: 4 as const };
  for (let place = 0; place < data.length; place += 4) data.fill(0, place, place + 3);
  return sharp(data, { raw: size }).png().toBuffer();
}
