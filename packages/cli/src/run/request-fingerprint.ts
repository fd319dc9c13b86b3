import { basename, resolve } from "node:path";
import {
  type FileOptions,
  hashFile,
  listFiles,
  nodeParameters,
  serializeWorkflow,
  shippedFile,
  type WorkflowDocument,
} from "@diopter/engine";
import { fingerprint } from "./ledger.js";
import type { RunSurroundings } from "./run-item.js";

/**
 * A digest of everything that decides a result: the workflow, laid out, without its destinations,
 * the content of every file that it reads, those of folders and patterns included, and the
 * program's version.
 * @throws DiopterError `file/not-found` or `file/unreadable` for one of the files.
 */
export async function requestFingerprint(
  document: WorkflowDocument,
  { registry, opened }: Pick<RunSurroundings, "registry" | "opened">,
  version: string,
): Promise<string> {
  const contents: Promise<string>[] = [];
  const nodes = Object.entries(document.nodes).map(([id, node]) => {
    const declared = registry[node.type]?.params ?? {};
    const params = nodeParameters(node, declared);
    for (const [name, parameter] of Object.entries(declared)) {
      const value = String(params[name] ?? "");
      if (parameter.kind === "destination") params[name] = "";
      if (parameter.kind === "file" && value !== "") {
        contents.push(contentOf(parameter, value, opened.folder));
        params[name] = "(its content follows)";
      }
    }
    return [id, { ...node, params }];
  });
  const { view: _, ...rest } = document;
  const text = serializeWorkflow({ ...rest, nodes: Object.fromEntries(nodes) });
  return fingerprint([version, text, ...(await Promise.all(contents))]);
}

/** Of several files also the names: results are often called by them. */
async function contentOf(parameter: FileOptions, value: string, folder: string): Promise<string> {
  const shipped = shippedFile(parameter, value);
  if (shipped !== undefined) return hashFile(shipped);
  const resolvePath = (path: string) => resolve(folder, path);
  if (parameter.many !== true) return hashFile(resolvePath(value));
  const files = await listFiles(value, parameter.content, resolvePath);
  return fingerprint(
    await Promise.all(files.map(async (file) => `${basename(file)} ${await hashFile(file)}`)),
  );
}
