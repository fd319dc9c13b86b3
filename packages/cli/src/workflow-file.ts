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
import { readEmbeddedWorkflow } from "@diopter/nodes";

/** A workflow and the folder that its relative paths start from. */
export interface OpenedWorkflow {
  readonly path: string;
  readonly folder: string;
  readonly document: WorkflowDocument;
}

const pictureEndings = new Set([".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"]);

/**
 * Reads a workflow file, or the workflow that a picture made by Diopter carries.
 * @throws DiopterError `file/not-found`, `file/unreadable`, and what `parseWorkflow` throws.
 */
export async function openWorkflow(
  path: string,
  directory: string,
  registry: NodeRegistry,
): Promise<OpenedWorkflow> {
  const absolute = resolve(directory, path);
  const isPicture = pictureEndings.has(extname(absolute).toLowerCase());
  const text = isPicture ? await readCarried(absolute, path) : await readText(absolute, path);
  return { path: absolute, folder: dirname(absolute), document: parseWorkflow(text, registry) };
}

/** Finds workflows that are used as nodes: their paths start from the outermost one's folder. */
export function workflowLoader(folder: string, registry: NodeRegistry): LoadWorkflow {
  return async (path) => {
    const opened = await openWorkflow(path, folder, registry);
    return { id: await realpath(opened.path), document: opened.document };
  };
}

async function readCarried(absolute: string, path: string): Promise<string> {
  const text = await readEmbeddedWorkflow(absolute);
  if (text !== undefined) return text;
  throw new DiopterError("document/invalid", {
    message: `The picture "${path}" carries no workflow.`,
    remedy: "Name a workflow file, or a picture that Diopter has saved.",
  });
}

async function readText(absolute: string, path: string): Promise<string> {
  try {
    const { size } = await stat(absolute);
    if (size > 4 * defaultLimits.characters) throw new Error(`it has ${size} bytes`);
    return await readFile(absolute, "utf8");
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
