import { loadSharp } from "./load-sharp.js";
import { decodeError } from "./picture-errors.js";
import { isPng, readPngText } from "./png-text.js";
import { readPictureFile } from "./read-file.js";
import { workflowFromXmp } from "./xmp-workflow.js";

/** The keyword of the PNG text chunk that carries a workflow. */
export const workflowKeyword = "diopter";

/**
 * The workflow that made a picture, as it was embedded by image/save.
 * @returns its JSON text, unchecked; undefined where the picture carries none.
 * @throws DiopterError `file/not-found`, `file/unreadable`, `image/not-an-image`, `image/truncated`,
 * `image/too-large`.
 */
export async function readEmbeddedWorkflow(path: string): Promise<string | undefined> {
  return findEmbeddedWorkflow(await readPictureFile(path), path);
}

/** The workflow that ComfyUI has written into a picture, in its two forms, as JSON texts. */
export interface ComfyuiTexts {
  readonly prompt?: string;
  readonly workflow?: string;
}

/** What ComfyUI has written into a PNG file: unchecked; undefined where there is nothing of it. */
export function findComfyuiTexts(bytes: Buffer): ComfyuiTexts | undefined {
  if (!isPng(bytes)) return undefined;
  const prompt = readPngText(bytes, "prompt");
  const workflow = readPngText(bytes, "workflow");
  if (prompt === undefined && workflow === undefined) return undefined;
  return {
    ...(prompt === undefined ? {} : { prompt }),
    ...(workflow === undefined ? {} : { workflow }),
  };
}

/** The same for a picture's bytes; `name` stands for the file in errors. */
export async function findEmbeddedWorkflow(
  bytes: Buffer,
  name: string,
): Promise<string | undefined> {
  if (isPng(bytes)) return readPngText(bytes, workflowKeyword);
  try {
    const sharp = await loadSharp();
    const { xmp } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return xmp === undefined ? undefined : workflowFromXmp(xmp.toString("utf8"));
  } catch (thrown) {
    throw decodeError(name, bytes, thrown);
  }
}
