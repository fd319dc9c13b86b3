import type { Job } from "@diopter/server/protocol";
import { api } from "../connection/api.js";
import { explain } from "../connection/request-error.js";
import { openDraftSafely, readContent } from "../files/open.js";
import { notify } from "../state/index.js";
import { queueStrings } from "../strings/queue.js";

/** Opens the workflow that a job ran, with its settings, as a draft. */
export async function loadWorkflow({ id }: Job): Promise<void> {
  try {
    const { workflow } = await api.jobWorkflow(id);
    const content = readContent(workflow);
    if (content !== undefined) await openDraftSafely(content);
  } catch (reason) {
    notify("error", queueStrings.noWorkflow, { remedy: explain(reason).message });
  }
}
