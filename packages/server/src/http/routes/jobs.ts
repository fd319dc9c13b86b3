import {
  freedSchema,
  jobEventsQuerySchema,
  jobEventsSchema,
  jobListSchema,
  jobPrioritySchema,
  jobSchema,
  jobWorkflowSchema,
  listJobsQuerySchema,
  moveJobSchema,
  queueStateSchema,
  submitJobSchema,
} from "../../protocol/index.js";
import type { Services } from "../../services.js";
import { notFound } from "../request-errors.js";
import { bare, type Route, route } from "../route.js";

const tag = "jobs";

/** Jobs, one by one and as a queue. */
export function jobRoutes({ jobs, dispatcher }: Services): readonly Route[] {
  return [
    route({
      ...bare,
      body: submitJobSchema,
      method: "post",
      path: "/jobs",
      tag,
      summary: "Queues a workflow.",
      answer: jobSchema,
      status: 202,
      handle: ({ body }) => jobs.submit(body),
    }),
    route({
      ...bare,
      query: listJobsQuerySchema,
      method: "get",
      path: "/jobs",
      tag,
      summary: "Jobs, the newest first.",
      answer: jobListSchema,
      handle: ({ query: { status, limit, before } }) => ({
        jobs: jobs.list({ statuses: status?.split(","), limit, before }),
        queue: { paused: jobs.paused },
      }),
    }),
    route({
      ...bare,
      method: "get",
      path: "/jobs/{id}",
      tag,
      summary: "A job and what became of its nodes.",
      answer: jobSchema,
      handle: ({ params }) => jobs.get(params.id ?? ""),
    }),
    route({
      ...bare,
      method: "get",
      path: "/jobs/{id}/workflow",
      tag,
      summary: "The workflow that a job runs, its settings applied.",
      answer: jobWorkflowSchema,
      handle: ({ params: { id = "" } }) => {
        const stored = jobs.stored(id);
        if (stored === undefined) throw notFound(`There is no job "${id}".`);
        const workflow: unknown = JSON.parse(stored.request.embedded ?? stored.request.document);
        return { workflow };
      },
    }),
    route({
      ...bare,
      method: "delete",
      path: "/jobs/{id}",
      tag,
      summary: "Forgets a job that does not run.",
      status: 204,
      handle: async ({ params, response }) => {
        await jobs.remove(params.id ?? "");
        response.status(204).end();
      },
    }),
    route({
      ...bare,
      method: "post",
      path: "/jobs/{id}/cancel",
      tag,
      summary: "Cancels a job: a running one stops within a step.",
      answer: jobSchema,
      handle: ({ params }) => jobs.cancel(params.id ?? ""),
    }),
    route({
      ...bare,
      method: "post",
      path: "/jobs/{id}/retry",
      tag,
      summary: "Queues a job that failed or was cancelled again.",
      answer: jobSchema,
      handle: ({ params }) => jobs.retry(params.id ?? ""),
    }),
    route({
      ...bare,
      body: moveJobSchema,
      method: "post",
      path: "/jobs/{id}/move",
      tag,
      summary: "Puts a waiting job before another, whose priority it takes, or last.",
      answer: jobSchema,
      handle: ({ params, body }) => jobs.move(params.id ?? "", body.before),
    }),
    route({
      ...bare,
      body: jobPrioritySchema,
      method: "post",
      path: "/jobs/{id}/priority",
      tag,
      summary: "Gives a waiting job another priority.",
      answer: jobSchema,
      handle: ({ params, body }) => jobs.setPriority(params.id ?? "", body.priority),
    }),
    route({
      ...bare,
      query: jobEventsQuerySchema,
      method: "get",
      path: "/jobs/{id}/events",
      tag,
      summary: "A job's events with higher numbers than `after`.",
      answer: jobEventsSchema,
      handle: ({ params, query }) => ({
        events: jobs.events(params.id ?? "", query.after, query.limit),
      }),
    }),
    ...(["pause", "resume"] as const).map((name) =>
      route({
        ...bare,
        method: "post",
        path: `/queue/${name}`,
        tag,
        summary: name === "pause" ? "Starts nothing new." : "Goes on.",
        answer: queueStateSchema,
        handle: () => {
          jobs.setPaused(name === "pause");
          return { paused: jobs.paused };
        },
      }),
    ),
    route({
      ...bare,
      method: "post",
      path: "/memory/free",
      tag: "server",
      summary: "Gives back the memory of models and remembered results.",
      answer: freedSchema,
      handle: () => dispatcher.free(),
    }),
  ];
}
