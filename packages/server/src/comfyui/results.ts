import type { Job, JobResult } from "../protocol/index.js";
import { classOf, ownerOf, type StoredPrompt } from "./stored-prompt.js";

/** A picture as ComfyUI's clients name it. */
export interface PictureName {
  readonly filename: string;
  readonly subfolder: string;
  readonly type: "output" | "temp";
}

/**
 * What each output node of a job gave. Jobs write into folders of their own: the job's id stands at
 * the beginning of `subfolder`, so that no two results have one name.
 */
export function outputsOf(
  job: Job,
  prompt: StoredPrompt,
): Readonly<Record<string, { readonly images: readonly PictureName[] }>> {
  const outputs = new Map<string, PictureName[]>();
  for (const result of job.results) {
    if (!result.type.startsWith("image/") || result.node === "") continue;
    const owner = ownerOf(prompt, result.node);
    if (!prompt.outputs.includes(owner)) continue;
    const isTemporary = classOf(prompt, owner) === "PreviewImage";
    outputs.set(owner, [...(outputs.get(owner) ?? []), pictureName(job.id, result, isTemporary)]);
  }
  return Object.fromEntries([...outputs].map(([id, images]) => [id, { images }]));
}

function pictureName(job: string, { name }: JobResult, isTemporary: boolean): PictureName {
  const parts = name.split("/");
  const filename = parts.pop() ?? "";
  return {
    filename,
    subfolder: [job, ...parts].join("/"),
    type: isTemporary ? "temp" : "output",
  };
}

/** The job and the name within it that a picture's name stands for. */
export function readPictureName(
  subfolder: string,
  filename: string,
): { readonly job: string; readonly name: string } {
  const [job = "", ...folders] = subfolder.split("/").filter((part) => part !== "");
  return { job, name: [...folders, filename].join("/") };
}
