import { z } from "zod";

/** What is kept with a job that came over this protocol. */
const storedPromptSchema = z.object({
  protocol: z.literal("comfyui"),
  /** As it was sent. */
  prompt: z.record(z.string(), z.looseObject({ class_type: z.string() })),
  extraData: z.record(z.string(), z.unknown()),
  client: z.string().optional(),
  number: z.number(),
  /** Ids of the output nodes that run. */
  outputs: z.array(z.string()),
  /** Node in the document → node of the prompt. */
  owners: z.record(z.string(), z.string()),
});
export type StoredPrompt = z.infer<typeof storedPromptSchema>;

/** What was kept with a job; undefined where it came another way. */
export function readStoredPrompt(extra: string | null | undefined): StoredPrompt | undefined {
  if (extra === null || extra === undefined) return undefined;
  return storedPromptSchema.safeParse(JSON.parse(extra)).data;
}

/** The node of the prompt that a node of the document stands for, or for a part of. */
export function ownerOf(prompt: StoredPrompt, node: string): string {
  const known = own(prompt.owners, node);
  if (known !== undefined) return known;
  // Nodes of a workflow that was used as a node are named after the call.
  for (let end = node.lastIndexOf("/"); end > 0; end = node.lastIndexOf("/", end - 1)) {
    const outer = own(prompt.owners, node.slice(0, end));
    if (outer !== undefined) return outer;
  }
  return node;
}

/** The class of a node of the prompt. */
export function classOf({ prompt }: StoredPrompt, id: string): string {
  return own(prompt, id)?.class_type ?? "";
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
