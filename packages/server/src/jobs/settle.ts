import { readFile, realpath } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { NodeRegistry } from "@diopter/engine";
import {
  applySetting,
  DiopterError,
  expandCalls,
  type LoadWorkflow,
  readablePath,
  requireRunnable,
  type WorkflowDocument,
} from "@diopter/engine";
import type { Library } from "../library/index.js";
import type { SubmitJob } from "../protocol/index.js";
import type { JobRequest, NewJob } from "../queue/index.js";

/** What a submitted workflow is settled with. */
export interface SettleOptions {
  readonly library: Library;
  readonly registry: NodeRegistry;
  /** The newest state of a document that is open, edits that are not saved yet included. */
  readonly current: (id: string) => WorkflowDocument | undefined;
}

/** What may be said of a job besides its workflow. */
export type JobDetails = Omit<NewJob, "name" | "request"> & {
  readonly name?: string | undefined;
  readonly targets?: readonly string[] | undefined;
  readonly texts?: Readonly<Record<string, string>> | undefined;
};

/**
 * A job from what a client has sent: settings applied, checked, called workflows laid out.
 * @throws DiopterError `request/not-found`, and what keeps the workflow from running.
 */
export async function settleSubmission(
  submitted: SubmitJob,
  options: SettleOptions,
): Promise<NewJob> {
  const { workflow, settings = {}, workflowId, targets, priority, name } = submitted;
  const isId = typeof workflow === "string";
  const id = isId ? workflow : workflowId;
  const given = isId
    ? (options.current(workflow) ?? (await options.library.read(workflow)))
    : options.library.parse(JSON.stringify(workflow));
  const document = Object.entries(settings).reduce(
    (settled, [target, value]) => applySetting(settled, options.registry, target, value),
    given,
  );
  return settleDocument(document, { workflowId: id, targets, priority, name }, options);
}

/** A job from a document. @throws DiopterError for what keeps the workflow from running. */
export async function settleDocument(
  document: WorkflowDocument,
  { name, targets, texts, ...details }: JobDetails,
  { library, registry }: SettleOptions,
): Promise<NewJob> {
  requireRunnable(document, registry);
  requireTargets(document, targets);
  const { workflowId } = details;
  const folder = workflowId === undefined ? library.folder : library.folderOf(workflowId);
  const expanded = await expandCalls(document, workflowLoader(folder, library));
  if (expanded !== document) requireRunnable(expanded, registry);
  const { $schema: _, view: __, ...runnable } = expanded;
  const request: JobRequest = {
    document: JSON.stringify(runnable),
    embedded: JSON.stringify(document),
    folder: relative(library.folder, folder),
    ...(targets === undefined ? {} : { targets: [...targets] }),
    ...(texts === undefined ? {} : { texts: { ...texts } }),
  };
  const title = name ?? document.name;
  return { ...details, name: title === "" ? "Untitled" : title.slice(0, 200), request };
}

/** Workflows that are used as nodes: from the folder of the outermost one, within the library. */
function workflowLoader(folder: string, library: Library): LoadWorkflow {
  const folders = { base: folder, readable: [library.folder], output: folder };
  return async (path) => {
    const absolute = readablePath(folders, path);
    const text = await readFile(absolute, "utf8").catch((cause: unknown) => {
      throw new DiopterError("file/not-found", {
        message: `There is no workflow "${path}".`,
        remedy: "Check the path: it starts from the folder of the workflow that calls it.",
        cause,
      });
    });
    return { id: join(await realpath(dirname(absolute)), absolute), document: library.parse(text) };
  };
}

function requireTargets(document: WorkflowDocument, targets: readonly string[] = []): void {
  for (const target of targets) {
    if (Object.hasOwn(document.nodes, target)) continue;
    throw new DiopterError("document/unknown-node", {
      message: `The workflow has no node "${target}" to run.`,
      remedy: "Name nodes of the workflow as targets.",
      path: "/targets",
    });
  }
}
