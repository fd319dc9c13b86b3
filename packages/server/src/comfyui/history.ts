import { z } from "zod";
import type { Job } from "../protocol/index.js";
import type { Services } from "../services.js";
import { outputsOf } from "./results.js";
import { classOf, ownerOf, readStoredPrompt, type StoredPrompt } from "./stored-prompt.js";

/** A job that came over this protocol. */
export interface PromptJob {
  readonly job: Job;
  readonly prompt: StoredPrompt;
}

const mostListed = 10_000;

/** Jobs of this protocol, the newest first. */
export function promptJobs(
  { jobs }: Pick<Services, "jobs">,
  statuses: readonly Job["status"][],
  limit = mostListed,
): readonly PromptJob[] {
  const found: PromptJob[] = [];
  for (const job of jobs.list({ statuses, limit: mostListed })) {
    if (found.length >= limit) break;
    const prompt = readStoredPrompt(jobs.stored(job.id)?.extra);
    if (prompt !== undefined) found.push({ job, prompt });
  }
  return found;
}

/** One job of this protocol; undefined where there is none. */
export function promptJob({ jobs }: Pick<Services, "jobs">, id: string): PromptJob | undefined {
  const job = jobs.find(id);
  const prompt = job === undefined ? undefined : readStoredPrompt(jobs.stored(id)?.extra);
  return job === undefined || prompt === undefined ? undefined : { job, prompt };
}

/** Statuses of jobs that are history. */
export const endedStatuses = ["succeeded", "failed", "cancelled"] as const;

/** A row of the queue: number, id, prompt, extra data, outputs. */
export function queueRow({ job, prompt }: PromptJob) {
  const client = prompt.client === undefined ? {} : { client_id: prompt.client };
  const extra = { ...prompt.extraData, ...client, create_time: job.created };
  return [prompt.number, job.id, prompt.prompt, extra, prompt.outputs];
}

/** What is told of a job that has ended. */
export function historyEntry({ job, prompt }: PromptJob) {
  const outputs = outputsOf(job, prompt);
  return {
    prompt: queueRow({ job, prompt }),
    outputs,
    status: {
      status_str: job.status === "succeeded" ? "success" : "error",
      completed: job.status === "succeeded",
      messages: messagesOf({ job, prompt }),
    },
    meta: Object.fromEntries(
      Object.keys(outputs).map((id) => [
        id,
        { node_id: id, display_node: id, parent_node: null, real_node_id: id },
      ]),
    ),
  };
}

function messagesOf({ job, prompt }: PromptJob) {
  const at = (timestamp: number | undefined) => ({ prompt_id: job.id, timestamp });
  const nodes = Object.entries(job.nodes ?? {});
  const owners = (status: string) => [
    ...new Set(
      nodes.filter(([, node]) => node.status === status).map(([id]) => ownerOf(prompt, id)),
    ),
  ];
  const executed = [...owners("executed"), ...owners("cached")];
  const messages: [string, object][] = [
    ["execution_start", at(job.started)],
    ["execution_cached", { nodes: owners("cached"), ...at(job.started) }],
  ];
  if (job.status === "succeeded") messages.push(["execution_success", at(job.ended)]);
  const node = job.error?.node === undefined ? "" : ownerOf(prompt, job.error.node);
  const place = { node_id: node, node_type: classOf(prompt, node), executed };
  if (job.status === "cancelled") {
    messages.push(["execution_interrupted", { ...at(job.ended), ...place }]);
  }
  if (job.status === "failed") {
    const { message = "", remedy = "", code } = job.error ?? {};
    const error = {
      exception_message: `${message} ${remedy}`.trim(),
      exception_type: code ?? "internal/defect",
      traceback: [],
      current_inputs: {},
      current_outputs: [],
    };
    messages.push(["execution_error", { ...at(job.ended), ...place, ...error }]);
  }
  return messages;
}

/** What is changed in the queue or the history. */
export const editSchema = z.looseObject({
  clear: z.boolean().optional(),
  delete: z.array(z.string().max(200)).max(100_000).optional(),
});
