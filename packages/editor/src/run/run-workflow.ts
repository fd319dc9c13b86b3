import { trimDocument } from "@diopter/engine/editing";
import type { Job } from "@diopter/server/protocol";
import { api } from "../connection/api.js";
import { showJob } from "../connection/live.js";
import { explain } from "../connection/request-error.js";
import { documentStore } from "../state/documents.js";
import { jobsStore, setJob } from "../state/jobs.js";
import { announce, notify } from "../state/notices.js";
import { runStrings } from "../strings/run.js";

/** What of the workflow to run, and how. */
export interface RunOptions {
  /** Only these nodes and what they need. */
  readonly targets?: readonly string[];
  /** By public name or `node.parameter`; the document itself stays as it is. */
  readonly settings?: Readonly<Record<string, number | string | boolean>>;
  readonly name?: string;
  /** False leaves the canvas with the job that it shows. */
  readonly show?: boolean;
}

/** Puts the open workflow into the queue. Undefined where the server refused; the reason is shown. */
export async function runWorkflow(options: RunOptions = {}): Promise<Job | undefined> {
  const { document, id } = documentStore.getState();
  const { targets, settings, name, show = true } = options;
  try {
    const job = await api.submit({
      workflow: trimDocument(document),
      name: (name ?? document.name).slice(0, 200) || runStrings.unnamed,
      ...(id === undefined ? {} : { workflowId: id }),
      ...(targets === undefined ? {} : { targets }),
      ...(settings === undefined ? {} : { settings }),
    });
    setJob(job);
    if (show) showJob(job.id);
    announce(runStrings.queued(job.name));
    return job;
  } catch (reason) {
    const { message, remedy } = explain(reason);
    notify("error", message, { remedy });
    return undefined;
  }
}

/** Cancels the job that the canvas shows. */
export async function cancelShownJob(): Promise<void> {
  const { shown } = jobsStore.getState();
  if (shown === undefined) return;
  try {
    await api.cancelJob(shown);
  } catch (reason) {
    notify("error", explain(reason).message);
  }
}
