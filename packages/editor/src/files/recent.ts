import { z } from "zod";
import { readStored, writeStored } from "../state/stored.js";

const schema = z.array(z.object({ id: z.string(), name: z.string(), at: z.number() }));

/** A workflow that was opened in this browser. */
export type RecentWorkflow = z.infer<typeof schema>[number];

const mostRecent = 12;

/** The workflows that were opened last, the latest first. */
export const recentWorkflows = (): readonly RecentWorkflow[] => readStored("recent", schema) ?? [];

/** Remembers that a workflow was opened. */
export function noteRecent(id: string, name: string): void {
  const others = recentWorkflows().filter((recent) => recent.id !== id);
  writeStored("recent", [{ id, name, at: Date.now() }, ...others].slice(0, mostRecent));
}
