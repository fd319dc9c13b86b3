import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import {
  DiopterError,
  defaultLimits,
  type LoadWorkflow,
  type NodeRegistry,
  parseWorkflow,
  type WorkflowDocument,
} from "@diopter/engine";
import { findComfyuiTexts, findEmbeddedWorkflow } from "@diopter/nodes";
import { comfyuiForm, importComfyui } from "@diopter/server/comfyui-workflows";

/** A workflow and the folder that its relative paths start from. */
export interface OpenedWorkflow {
  readonly path: string;
  readonly folder: string;
  readonly document: WorkflowDocument;
  /** What of a workflow of ComfyUI could not be carried over as it was. */
  readonly notes: readonly string[];
  /** Nodes of ComfyUI that cannot run. */
  readonly problems: readonly DiopterError[];
}

/** Of a picture whose workflow is wanted. */
const mostPictureBytes = 2 ** 31 - 1;

const pictureEndings = new Set([".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"]);

/**
 * Reads a workflow file, of Diopter or of ComfyUI in either of its forms, or the workflow that a
 * picture made by one of them carries.
 * @throws DiopterError `file/not-found`, `file/unreadable`, `comfyui/unsupported` for nodes that
 * cannot run here, and what `parseWorkflow` throws.
 */
export async function openWorkflow(
  path: string,
  directory: string,
  registry: NodeRegistry,
): Promise<OpenedWorkflow> {
  const opened = await readWorkflowFile(path, directory, registry);
  const [problem, ...others] = opened.problems;
  if (problem === undefined) return opened;
  if (others.length === 0) throw problem;
  const more = others.length === 1 ? "1 other node" : `${others.length} other nodes`;
  throw new DiopterError(problem.code, {
    ...problem.toJSON(),
    message: `${problem.message} (And ${more}.)`,
  });
}

/** The same, and leaves nodes that cannot run to the caller. */
export async function readWorkflowFile(
  path: string,
  directory: string,
  registry: NodeRegistry,
): Promise<OpenedWorkflow> {
  const absolute = resolve(directory, path);
  const isPicture = pictureEndings.has(extname(absolute).toLowerCase());
  const text = isPicture ? await readCarried(absolute, path) : await readFileText(absolute, path);
  return { path: absolute, folder: dirname(absolute), ...readText(text, registry) };
}

function readText(text: string, registry: NodeRegistry) {
  const data = parseJson(text);
  if (comfyuiForm(data) !== undefined) return importComfyui(data, registry);
  return { document: parseWorkflow(text, registry), notes: [], problems: [] };
}

/** Undefined for what is no JSON: parseWorkflow says what is wrong with it. */
function parseJson(text: string): unknown {
  if (text.length > defaultLimits.characters) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Finds workflows that are used as nodes: their paths start from the outermost one's folder. */
export function workflowLoader(folder: string, registry: NodeRegistry): LoadWorkflow {
  return async (path) => {
    const opened = await openWorkflow(path, folder, registry);
    return { id: await realpath(opened.path), document: opened.document };
  };
}

async function readCarried(absolute: string, path: string): Promise<string> {
  const bytes = await readBytes(absolute, path, mostPictureBytes);
  const comfyui = findComfyuiTexts(bytes);
  const text =
    (await findEmbeddedWorkflow(bytes, absolute)) ?? comfyui?.workflow ?? comfyui?.prompt;
  if (text !== undefined) return text;
  throw new DiopterError("document/invalid", {
    message: `The picture "${path}" carries no workflow.`,
    remedy: "Name a workflow file, or a picture that Diopter has saved.",
  });
}

async function readFileText(absolute: string, path: string): Promise<string> {
  const bytes = await readBytes(absolute, path, 4 * defaultLimits.characters);
  return bytes.toString("utf8");
}

async function readBytes(absolute: string, path: string, most: number): Promise<Buffer> {
  try {
    const { size } = await stat(absolute);
    if (size > most) throw new Error(`it has ${size} bytes`);
    return await readFile(absolute);
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DiopterError(missing ? "file/not-found" : "file/unreadable", {
      message: missing ? `There is no workflow "${path}".` : `"${path}" cannot be read: ${reason}.`,
      remedy: missing ? "Check the path, or make one with diopter new." : "Name a workflow file.",
      cause,
    });
  }
}
