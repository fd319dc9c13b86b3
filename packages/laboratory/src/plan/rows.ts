import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import {
  applySetting,
  DiopterError,
  type NodeRegistry,
  parseWorkflow,
  requireRunnable,
  type Wire,
  type WorkflowDocument,
  type WorkflowNode,
  wiresOf,
} from "@diopter/engine";
import type { PlannedWorkflow } from "./plan.js";
import type { OpenedPlan } from "./read-plan.js";

/** One row of the table: a workflow with a set of parameters. */
export interface Row {
  readonly name: string;
  /** The folder of the workflow's file. */
  readonly folder: string;
  readonly document: WorkflowDocument;
  readonly result: Wire;
  readonly workflow: PlannedWorkflow;
}

/**
 * The rows of a plan, workflow by workflow, parameters within.
 * @throws DiopterError for workflows that cannot be read or run, and for names and values that do
 * not fit them.
 */
export async function rowsOf(opened: OpenedPlan, registry: NodeRegistry): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const workflow of opened.plan.workflows) {
    const path = resolve(opened.folder, workflow.path);
    const whole = parseWorkflow(await readWorkflow(path), registry);
    const preset = mute(set(whole, registry, workflow.set), workflow);
    for (const parameters of opened.plan.parameters) {
      const document = set(preset, registry, parameters.set);
      requireRunnable(document, registry);
      const name = [workflow.name, parameters.name].filter((part) => part !== "").join(", ");
      const result = resultOf(document, registry, workflow);
      rows.push({ name, folder: dirname(path), document, result, workflow });
    }
  }
  return rows;
}

function set(
  document: WorkflowDocument,
  registry: NodeRegistry,
  values: Readonly<Record<string, string | number | boolean>>,
): WorkflowDocument {
  return Object.entries(values).reduce(
    (settled, [target, value]) => applySetting(settled, registry, target, value),
    document,
  );
}

/** @throws DiopterError `document/unknown-node`. */
function mute(document: WorkflowDocument, { name, mute: ids }: PlannedWorkflow): WorkflowDocument {
  if (ids === undefined) return document;
  const unknown = ids.find((id) => !Object.hasOwn(document.nodes, id));
  if (unknown !== undefined) {
    throw new DiopterError("document/unknown-node", {
      message: `The workflow of "${name}" has no node "${unknown}" that could be muted.`,
      remedy: `It has: ${Object.keys(document.nodes).join(", ")}.`,
      path: "/workflows",
    });
  }
  const nodes = Object.entries(document.nodes).map(([id, node]): [string, WorkflowNode] => {
    if (ids.includes(id)) return [id, { ...node, mode: "muted" }];
    const { mode, ...running } = node;
    return [id, mode === "muted" ? running : node];
  });
  return { ...document, nodes: Object.fromEntries(nodes) };
}

async function readWorkflow(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new DiopterError("file/not-found", {
      message: `The plan's workflow ${path} cannot be read.`,
      remedy: "Correct the path, which starts from the plan's folder.",
      path: "/workflows",
      cause,
    });
  }
}

function resultOf(
  document: WorkflowDocument,
  registry: NodeRegistry,
  { result, name }: PlannedWorkflow,
): Wire {
  const wire = result === undefined ? savedWire(document, registry) : wireOf(result);
  const definition = registry[document.nodes[wire?.[0] ?? ""]?.type ?? ""];
  if (wire !== undefined && definition?.outputs[wire[1]]?.socket === "IMAGE") return wire;
  throw new DiopterError("document/unknown-port", {
    message: `The workflow "${name}" has no picture as its result.`,
    remedy: 'Name it in the plan as "result": "node.output".',
    path: "/workflows",
  });
}

function wireOf(result: string): Wire {
  const [node = "", output = ""] = result.split(".");
  return [node, output];
}

/** What the first node that writes something is given as its picture. */
function savedWire(document: WorkflowDocument, registry: NodeRegistry): Wire | undefined {
  const saving = Object.values(document.nodes).find(({ type }) => {
    const definition = registry[type];
    return definition?.run !== undefined && definition.sideEffect === true;
  });
  return wiresOf(saving?.inputs?.image)[0];
}
