import { type ErrorDescription, trimDocument } from "@diopter/engine/editing";
import type { Job } from "@diopter/server/protocol";
import { api } from "../connection/api.js";
import { showJob } from "../connection/live.js";
import { explain, RequestError } from "../connection/request-error.js";
import { documentStore } from "../state/documents.js";
import { jobsStore, setJob } from "../state/jobs.js";
import { announce, notify } from "../state/notices.js";
import { outerNode, unknownRun } from "../state/run-status.js";
import { noteSubmitted, ranStore } from "../state/stale.js";
import { runStrings } from "../strings/run.js";
import { noteOwnJob } from "./follow-runs.js";
import { notifyFailure } from "./tell-failure.js";

/** What of the workflow to run, and how. */
export interface RunOptions {
  /** Only these nodes and what they need. */
  readonly targets?: readonly string[];
  /** By public name or `node.parameter`; the document itself stays as it is. */
  readonly settings?: Readonly<Record<string, number | string | boolean>>;
  readonly name?: string;
  /** When the canvas shows it: at once, as soon as it runs and nothing else does, or not at all. */
  readonly show?: "now" | "in-turn" | "never";
}

/** Puts the open workflow into the queue. Undefined where the server refused; the reason is shown. */
export async function runWorkflow(options: RunOptions = {}): Promise<Job | undefined> {
  const { document, id } = documentStore.getState();
  const { targets, settings, name, show = "now" } = options;
  try {
    const job = await api.submit({
      workflow: trimDocument(document),
      name: (name ?? document.name).slice(0, 200) || runStrings.unnamed,
      ...(id === undefined ? {} : { workflowId: id }),
      ...(targets === undefined ? {} : { targets }),
      ...(settings === undefined ? {} : { settings }),
    });
    if (settings === undefined) noteSubmitted(job.id, document);
    if (show !== "never") noteOwnJob(job.id);
    setJob(job);
    if (show === "now") showJob(job.id);
    announce(runStrings.queued(job.name));
    return job;
  } catch (reason) {
    tellRefusal(reason, show === "now");
    return undefined;
  }
}

/** Says why nothing runs; where a node is the reason, the canvas marks it. */
function tellRefusal(reason: unknown, isShown: boolean): void {
  const description = reason instanceof RequestError ? reason.description : undefined;
  if (description?.node === undefined) {
    const { message, remedy } = explain(reason);
    notify("error", message, { remedy });
    return;
  }
  if (isShown) markRefused(description.node, description);
  notifyFailure(description);
}

function markRefused(node: string, error: ErrorDescription): void {
  showJob(undefined, true);
  const nodes = new Map([[outerNode(node), { state: "failed" as const, error }]]);
  jobsStore.setState({ run: { ...unknownRun, nodes } });
  ranStore.setState({ ran: documentStore.getState().document });
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
