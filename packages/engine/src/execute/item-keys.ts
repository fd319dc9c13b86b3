import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import { type Awaitable, hashFile, nodeKey, outputKey } from "../cache/index.js";
import { DiopterError, toDiopterError } from "../errors/index.js";
import type { FileOptions, ParameterValue } from "../nodes/index.js";
import { manyFilesParameter, type PlannedNode } from "../plan/index.js";
import { readablePath, writablePath } from "./contained-path.js";
import type { RunFolders } from "./run-options.js";
import { shippedFile } from "./shipped-file.js";
import { isNeeded, type LinkedInput, type StepItem } from "./step-item.js";

/**
 * The keys of an item's nodes, by node id. The keys of everything that the item needs are known.
 * At once where no file has to be read.
 * @throws DiopterError (or rejects) placed at the node and the file parameter.
 */
export function itemKeys(
  item: StepItem,
  folders: RunFolders,
): Awaitable<ReadonlyMap<string, string>> {
  const files = item.state.step.nodes.flatMap((node) => filesOf(node, item));
  if (files.length === 0) return keysWith(item, folders, new Map());
  const hashing = files.map(async ({ node, name, path, told, shipped, content }) => {
    try {
      const hash = await hashFile(shipped ?? readablePath(folders, path));
      return [`${node}.${name}`, `${hash}${told}`] as const;
    } catch (thrown) {
      throw unreadable(thrown, content).at(node, name);
    }
  });
  return Promise.all(hashing).then((hashes) => keysWith(item, folders, new Map(hashes)));
}

function filesOf(node: PlannedNode, item: StepItem) {
  const many = manyFilesParameter(node.definition);
  return Object.entries(node.definition.params).flatMap(([name, parameter]) => {
    const path = name === many ? item.file : node.params[name];
    if (parameter.kind !== "file" || typeof path !== "string" || path === "") return [];
    // Pictures carry their name along, and image/save can use it: equal files differ by it.
    const told = parameter.content === "image" ? basename(path) : "";
    const shipped = shippedFile(parameter, path);
    return [{ node: node.id, name, path, told, shipped, content: parameter.content }];
  });
}

/** Missing weights are a matter of models, with the exit code of models. */
function unreadable(thrown: unknown, content: FileOptions["content"]): DiopterError {
  const error = toDiopterError(thrown, "file/unreadable");
  if (content !== "model" || error.code !== "file/not-found") return error;
  return new DiopterError("model/not-found", {
    message: error.message,
    remedy: "Check the path, or name a model that ships: see diopter models.",
    cause: error.cause,
  });
}

function keysWith(
  item: StepItem,
  folders: RunFolders,
  hashes: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const node of item.state.step.nodes) {
    const key = nodeKey({
      type: node.definition.type,
      version: node.definition.version,
      params: keyedParameters(node, folders),
      inputKeys: inputKeys(node, item, keys),
      fileHashes: fileHashes(node, hashes),
    });
    // What may come out differently each time must not be found again, nor what follows from it.
    keys.set(
      node.id,
      node.definition.run !== undefined && node.definition.deterministic === false
        ? `${key}~${randomUUID()}`
        : key,
    );
  }
  return keys;
}

/** What a node writes outside depends on where the run writes. */
function keyedParameters(
  node: PlannedNode,
  folders: RunFolders,
): Readonly<Record<string, ParameterValue>> {
  const writes = node.definition.run !== undefined && node.definition.sideEffect === true;
  return writes ? { ...node.params, "": writablePath(folders, ".") } : node.params;
}

function inputKeys(
  node: PlannedNode,
  item: StepItem,
  inside: ReadonlyMap<string, string>,
): Readonly<Record<string, string | readonly string[]>> {
  const keys: Record<string, string | readonly string[]> = {};
  const needed = isNeeded(item);
  for (const input of item.inputs ?? []) {
    if (input.node === node.id && needed(input)) keys[input.port] = arrivingKeys(input);
  }
  if (item.state.step.nodes.length === 1) return keys;
  for (const [port, [wire]] of Object.entries(node.inputs)) {
    const key = wire === undefined ? undefined : inside.get(wire.node);
    if (wire !== undefined && key !== undefined) keys[port] = outputKey(key, wire.output);
  }
  return keys;
}

function arrivingKeys({ list, elements }: LinkedInput): string | readonly string[] {
  const keys = elements.map(({ item, node, output, element }) =>
    outputKey(item.keys?.get(node) ?? "", output, element),
  );
  return list ? keys : (keys[0] ?? "");
}

function fileHashes(node: PlannedNode, hashes: ReadonlyMap<string, string>) {
  const own: Record<string, string> = {};
  for (const name of Object.keys(node.definition.params)) {
    const hash = hashes.get(`${node.id}.${name}`);
    if (hash !== undefined) own[name] = hash;
  }
  return own;
}
