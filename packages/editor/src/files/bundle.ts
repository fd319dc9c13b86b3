import type { NodeDescriptor, WorkflowDocument, WorkflowNode } from "@diopter/engine/editing";
import { z } from "zod";

/**
 * A workflow with its inputs in one file: JSON that holds the document and, by the path that the
 * document gives, every picture that it reads, as `data:` addresses. The document itself stays as it
 * is, so that what is taken out of the file runs anywhere the pictures are.
 */
export const bundleSchema = z.strictObject({
  "diopter-bundle": z.literal(1),
  workflow: z.looseObject({ diopter: z.number() }),
  files: z.record(z.string(), z.string().startsWith("data:")),
});

/** A workflow with its inputs. */
export type Bundle = z.infer<typeof bundleSchema>;

type Registry = Readonly<Record<string, NodeDescriptor>>;

/** The pictures that a document reads, each path once. */
export function pictureFiles(document: WorkflowDocument, registry: Registry): readonly string[] {
  const paths = new Set<string>();
  for (const node of Object.values(document.nodes)) {
    for (const name of pictureParameters(node, registry)) {
      const path = node.params?.[name] ?? "";
      if (typeof path === "string" && path !== "") paths.add(path);
    }
  }
  return [...paths];
}

/** The document with other paths in the place of those it reads pictures from. */
export function withPictures(
  document: WorkflowDocument,
  registry: Registry,
  places: ReadonlyMap<string, string>,
): WorkflowDocument {
  const nodes = Object.entries(document.nodes).map(([id, node]): [string, WorkflowNode] => {
    const params = { ...node.params };
    for (const name of pictureParameters(node, registry)) {
      const place = places.get(String(params[name]));
      if (place !== undefined) params[name] = place;
    }
    return [id, { ...node, params }];
  });
  return { ...document, nodes: Object.fromEntries(nodes) };
}

/** The first parameter of a node type that names one picture. */
export function pictureParameter(descriptor: NodeDescriptor | undefined): string | undefined {
  const found = Object.entries(descriptor?.params ?? {}).find(
    ([, parameter]) =>
      parameter.kind === "file" && parameter.content === "image" && parameter.many !== true,
  );
  return found?.[0];
}

function pictureParameters(node: WorkflowNode, registry: Registry): readonly string[] {
  const params = Object.hasOwn(registry, node.type) ? registry[node.type]?.params : undefined;
  return Object.entries(params ?? {}).flatMap(([name, parameter]) =>
    parameter.kind === "file" && parameter.content === "image" && parameter.many !== true
      ? [name]
      : [],
  );
}
