import type { Job, JobResult } from "@diopter/server/protocol";
import type { ViewerPicture } from "../state/index.js";

/** A result of a job as a picture of the viewer. */
export function resultPicture(result: JobResult, job: Pick<Job, "id" | "name">): ViewerPicture {
  const { hash, name, url, width, height, node } = result;
  return { key: hash, label: `${job.name}: ${name}`, url, width, height, node, job: job.id };
}

/** The pictures among a job's results, in its order, each once. */
export function picturesOf(job: Pick<Job, "id" | "name" | "results">): readonly ViewerPicture[] {
  const seen = new Set<string>();
  return job.results
    .filter(({ type, hash }) => type.startsWith("image/") && !seen.has(hash) && seen.add(hash))
    .map((result) => resultPicture(result, job));
}

/** The address of a smaller copy, `size` pixels at most on its longer side. */
export function thumbnailAddress(url: string, size: number): string {
  return `${url}${url.includes("?") ? "&" : "?"}preview=webp;80&size=${size}`;
}
