import { z } from "zod";
import { notFound } from "../http/request-errors.js";
import type { Job } from "../protocol/index.js";
import type { Services } from "../services.js";
import { type PromptJob, promptJob, promptJobs } from "./history.js";
import { outputsOf } from "./results.js";

const names: Readonly<Record<Job["status"], string>> = {
  queued: "pending",
  running: "in_progress",
  succeeded: "completed",
  failed: "failed",
  cancelled: "cancelled",
};

const querySchema = z.looseObject({
  status: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});

/** GET /api/jobs. */
export function listJobs(services: Services, query: unknown) {
  const { status, limit, offset } = querySchema.parse(query);
  const wanted = status?.split(",");
  const statuses = Object.keys(names)
    .filter(isStatus)
    .filter((one) => wanted === undefined || wanted.includes(names[one]));
  const found = statuses.length === 0 ? [] : promptJobs(services, statuses);
  return {
    jobs: found.slice(offset, offset + limit).map(summary),
    pagination: {
      offset,
      limit,
      total: found.length,
      has_more: found.length > offset + limit,
    },
  };
}

/** GET /api/jobs/{id}. @throws DiopterError `request/not-found`. */
export function oneJob(services: Services, id: string) {
  const found = promptJob(services, id);
  if (found === undefined) throw notFound("There is no such job.", "List the jobs there are.");
  const { job, prompt } = found;
  const workflow = { prompt: prompt.prompt, extra_data: prompt.extraData };
  return { ...summary(found), outputs: outputsOf(job, prompt), workflow };
}

function summary({ job, prompt }: PromptJob) {
  const images = Object.entries(outputsOf(job, prompt)).flatMap(([node, output]) =>
    output.images.map((image) => ({ ...image, nodeId: node, mediaType: "images" })),
  );
  const { started, ended, error } = job;
  return {
    id: job.id,
    status: names[job.status],
    priority: prompt.number,
    create_time: job.created,
    ...(started === undefined ? {} : { execution_start_time: started }),
    ...(ended === undefined ? {} : { execution_end_time: ended }),
    ...(error === undefined
      ? {}
      : { execution_error: { exception_message: error.message, exception_type: error.code } }),
    outputs_count: images.length,
    preview_output: images[0] ?? null,
  };
}

function isStatus(name: string): name is Job["status"] {
  return Object.hasOwn(names, name);
}
