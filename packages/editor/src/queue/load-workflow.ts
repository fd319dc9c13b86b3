import type { Job } from "@diopter/server/protocol";
import { api } from "../connection/api.js";
import { closeShared } from "../connection/live.js";
import { readContent } from "../connection/messages.js";
import { explain } from "../connection/request-error.js";
import { openDocument } from "../state/documents.js";
import { announce, notify } from "../state/index.js";
import { queueStrings } from "../strings/queue.js";

/** Opens the workflow that a job ran, with its settings, as a draft. */
export async function loadWorkflow({ id, name }: Job): Promise<void> {
  try {
    const { workflow } = await api.jobWorkflow(id);
    const content = readContent(workflow);
    if (content === undefined) return;
    closeShared();
    openDocument(content);
    announce(queueStrings.loaded(name));
  } catch (reason) {
    notify("error", queueStrings.noWorkflow, { remedy: explain(reason).message });
  }
}
