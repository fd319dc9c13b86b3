import type { FilledDocument, NodeDescriptor } from "@diopter/engine/editing";
import type { JobResult, PreviewHeader } from "@diopter/server/protocol";
import { serverAddress } from "../connection/api.js";
import type { Preview } from "../state/previews.js";

type Previews = ReadonlyMap<string, ReadonlyMap<PreviewHeader["kind"], Preview>>;

interface PictureSources {
  readonly document: FilledDocument;
  readonly registry: Readonly<Record<string, NodeDescriptor>>;
  readonly previews: Previews;
  readonly results: readonly JobResult[];
}

/** The nodes that have a picture to show: what they made, a preview, or the file that they load. */
export function picturedNodes(sources: PictureSources): ReadonlySet<string> {
  const { document, registry, previews, results } = sources;
  const ids = new Set<string>();
  for (const { node, type } of results) if (type.startsWith("image/")) ids.add(node);
  for (const [id, kinds] of previews) if (hasPicture(kinds)) ids.add(id);
  for (const [id, node] of Object.entries(document.nodes)) {
    if (loadedFile(node.params, registry[node.type]) !== undefined) ids.add(id);
  }
  return ids;
}

const hasPicture = (kinds: ReadonlyMap<PreviewHeader["kind"], Preview>) =>
  [...kinds.values()].some(({ url }) => url !== undefined);

/** The picture file that a node loads, as its parameter names it. */
export function loadedFile(
  params: Readonly<Record<string, unknown>>,
  descriptor: NodeDescriptor | undefined,
): string | undefined {
  for (const [name, parameter] of Object.entries(descriptor?.params ?? {})) {
    if (parameter.kind !== "file" || parameter.content !== "image" || parameter.many) continue;
    const path = params[name] ?? parameter.default;
    if (typeof path === "string" && path !== "") return path;
  }
  return undefined;
}

/** The address of a result, smaller where a size is given. */
export function resultAddress(result: JobResult, size?: number): string {
  const address = serverAddress(`results/${result.hash}`);
  return size === undefined ? address : `${address}?preview=webp;80&size=${size}`;
}
