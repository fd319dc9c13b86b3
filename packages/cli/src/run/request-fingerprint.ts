import { resolve } from "node:path";
import {
  hashFile,
  nodeParameters,
  serializeWorkflow,
  type WorkflowDocument,
} from "@diopter/engine";
import { fingerprint } from "./ledger.js";
import type { RunSurroundings } from "./run-item.js";

/**
 * A digest of everything that decides a result: the workflow, laid out, without its destinations,
 * the content of every file that it reads, and the program's version.
 * @throws DiopterError `file/not-found` or `file/unreadable` for one of the files.
 */
export async function requestFingerprint(
  document: WorkflowDocument,
  { registry, opened }: Pick<RunSurroundings, "registry" | "opened">,
  version: string,
): Promise<string> {
  const files: string[] = [];
  const nodes = Object.entries(document.nodes).map(([id, node]) => {
    const declared = registry[node.type]?.params ?? {};
    const params = nodeParameters(node, declared);
    for (const [name, parameter] of Object.entries(declared)) {
      const value = String(params[name] ?? "");
      if (parameter.kind === "destination") params[name] = "";
      if (parameter.kind === "file" && value !== "" && parameter.many !== true) {
        files.push(parameter.named?.[value] ?? resolve(opened.folder, value));
        params[name] = "";
      }
    }
    return [id, { ...node, params }];
  });
  const { view: _, ...rest } = document;
  const text = serializeWorkflow({ ...rest, nodes: Object.fromEntries(nodes) });
  return fingerprint([version, text, ...(await Promise.all(files.map(hashFile)))]);
}
