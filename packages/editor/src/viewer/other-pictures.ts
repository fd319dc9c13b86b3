import type { WorkflowDocument } from "@diopter/engine/editing";
import type { Job } from "@diopter/server/protocol";
import type { ViewerPicture } from "../state/index.js";
import { picturesOf } from "./result-pictures.js";

const most = 30;

/**
 * Pictures that could be added to those that are shown: what the workflow loads, then what runs
 * have made, the newest first.
 */
export function otherPictures(
  document: WorkflowDocument,
  jobs: ReadonlyMap<string, Job>,
  shown: readonly ViewerPicture[],
  addressOf: (path: string) => string,
): readonly ViewerPicture[] {
  const newestFirst = [...jobs.values()].sort((a, b) => b.created - a.created);
  const found = [...inputsOf(document, addressOf), ...newestFirst.flatMap(picturesOf)];
  const seen = new Set(shown.map(({ key }) => key));
  return found.filter(({ key }) => !seen.has(key) && seen.add(key)).slice(0, most);
}

/** The pictures that a workflow's nodes load, by their paths. */
export function inputsOf(
  { nodes }: WorkflowDocument,
  addressOf: (path: string) => string,
): readonly ViewerPicture[] {
  return Object.entries(nodes).flatMap(([id, { type, params }]) => {
    const path = params?.path;
    const isPicture = type === "image/load" && typeof path === "string" && !/[*?]/.test(path);
    if (!isPicture) return [];
    const label = path.slice(path.lastIndexOf("/") + 1);
    return [{ key: `file ${path}`, label, url: addressOf(path), node: id }];
  });
}
