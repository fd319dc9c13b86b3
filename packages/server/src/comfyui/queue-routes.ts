import { z } from "zod";
import { invalidRequest } from "../http/request-errors.js";
import type { Services } from "../services.js";
import {
  editSchema,
  endedStatuses,
  historyEntry,
  promptJob,
  promptJobs,
  queueRow,
} from "./history.js";
import type { Routes } from "./routes.js";
import type { Runs } from "./runs.js";

const interruptSchema = z.looseObject({ prompt_id: z.string().max(200).nullish() });
const pageSchema = z.looseObject({
  max_items: z.coerce.number().int().min(1).optional(),
  offset: z.coerce.number().int().default(0),
});

/** Entries of the history that are told where nobody says how many. */
const mostTold = 1000;

/** What waits and what runs. */
export function queueRoutes(routes: Routes, services: Services, runs: Runs): void {
  const { jobs } = services;
  routes.get("/prompt", () => ({ exec_info: { queue_remaining: runs.remaining } }));
  routes.get("/queue", () => ({
    queue_running: promptJobs(services, ["running"]).map(queueRow),
    // The next one first.
    queue_pending: jobs.waiting().flatMap((id) => {
      const found = promptJob(services, id);
      return found === undefined ? [] : [queueRow(found)];
    }),
  }));
  routes.post("/queue", async (body) => {
    const edit = read(editSchema, body);
    const waiting = promptJobs(services, ["queued"]).map(({ job }) => job.id);
    const gone = edit.clear === true ? waiting : waiting.filter((id) => edit.delete?.includes(id));
    for (const id of gone) {
      jobs.cancel(id);
      await jobs.remove(id);
    }
  });
  routes.post("/interrupt", (body) => {
    const { prompt_id: id } = read(interruptSchema, body);
    for (const { job } of promptJobs(services, ["running"])) {
      if (id === undefined || id === null || id === job.id) jobs.cancel(job.id);
    }
  });
}

/** What has ended. */
export function historyRoutes(routes: Routes, services: Services): void {
  routes.get("/history", ({ query }) => {
    const { max_items: most, offset } = read(pageSchema, { ...query });
    // ComfyUI tells them oldest first, and the last ones where not all are wanted.
    const count = most ?? mostTold;
    const found = promptJobs(services, endedStatuses, offset > 0 ? undefined : count).toReversed();
    const page = offset > 0 ? found.slice(offset, offset + count) : found;
    return Object.fromEntries(
      page.flatMap(({ job }) => {
        const found = promptJob(services, job.id);
        return found === undefined ? [] : [[job.id, historyEntry(found)]];
      }),
    );
  });
  routes.get("/history/:id", ({ params }) => {
    const found = promptJob(services, String(params.id));
    const hasEnded = endedStatuses.some((status) => status === found?.job.status);
    return found === undefined || !hasEnded ? {} : { [found.job.id]: historyEntry(found) };
  });
  routes.post("/history", async (body) => {
    const edit = read(editSchema, body);
    const ended = promptJobs(services, endedStatuses).map(({ job }) => job.id);
    const gone = edit.clear === true ? ended : ended.filter((id) => edit.delete?.includes(id));
    for (const id of gone) await services.jobs.remove(id);
  });
}

function read<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const message = `"${issue?.path.join(".")}" cannot be used: ${issue?.message}.`;
  throw invalidRequest(message, "See docs/comfyui.md for what is understood.");
}
