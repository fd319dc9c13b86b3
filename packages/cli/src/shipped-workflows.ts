import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const folder =
  process.env.DIOPTER_WORKFLOWS ?? fileURLToPath(new URL("../../../workflows", import.meta.url));

/** The path of a workflow that ships. */
export function shippedWorkflow(name: string): string {
  return `${folder}/${name}.json`;
}

/** The names of the workflows that ship. */
export async function shippedWorkflowNames(): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith(".json") && !file.endsWith(".schema.json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}
