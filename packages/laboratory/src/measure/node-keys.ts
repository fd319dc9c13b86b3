import { basename, resolve } from "node:path";
import {
  hashFile,
  type NodeRegistry,
  nodeKey,
  outputKey,
  type PlannedNode,
  planWorkflow,
  type WorkflowDocument,
} from "@diopter/engine";

/** What decides a node's result. */
export interface KeyedNode {
  /** Equal keys, equal results. */
  readonly key: string;
  /** Whether the node needs the node `source`, or is it. */
  readonly fromSource: boolean;
}

/**
 * The content keys of a node and of all that it depends on, by id. They tell what an earlier run has
 * measured and what its nodes cost.
 * @param source - the node that reads the picture.
 * @param folder - relative file parameters start from it.
 * @throws DiopterError `file/not-found`, `file/unreadable`, and what planning throws.
 */
export async function nodeKeys(
  document: WorkflowDocument,
  registry: NodeRegistry,
  node: string,
  source: string,
  folder: string,
): Promise<ReadonlyMap<string, KeyedNode>> {
  const plan = planWorkflow(document, registry, { targets: [node] });
  const keys = new Map<string, KeyedNode>();
  for (const planned of plan.steps.flatMap((step) => step.nodes)) {
    const inputs = Object.entries(planned.inputs).map(([port, wires]) => [
      port,
      wires.map((wire) => outputKey(keys.get(wire.node)?.key ?? "", wire.output)),
    ]);
    const key = nodeKey({
      type: planned.definition.type,
      version: planned.definition.version,
      params: planned.params,
      inputKeys: Object.fromEntries(inputs),
      fileHashes: await fileHashes(planned, folder),
    });
    const wires = Object.values(planned.inputs).flat();
    const follows = wires.some((wire) => keys.get(wire.node)?.fromSource === true);
    keys.set(planned.id, { key, fromSource: planned.id === source || follows });
  }
  return keys;
}

async function fileHashes(
  { definition, params }: PlannedNode,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {};
  for (const [name, parameter] of Object.entries(definition.params)) {
    const value = params[name];
    if (parameter.kind !== "file" || typeof value !== "string" || value === "") continue;
    const path = parameter.named?.[value] ?? resolve(folder, value);
    const told = parameter.content === "image" ? basename(path) : "";
    hashes[name] = `${await hashFile(path)}${told}`;
  }
  return hashes;
}
