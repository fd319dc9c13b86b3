import type { FilledDocument, NodeDescriptor } from "@diopter/engine/editing";
import type { Job, JobResult, PreviewHeader, TilesPreview } from "@diopter/server/protocol";
import { useMemo } from "react";
import { useStore } from "zustand";
import { type Preview, useDescriptors, useDocument, useShownJob } from "../state/index.js";
import { previewsStore } from "../state/previews.js";
import { viewerStrings } from "../strings/viewer.js";
import type { Curves } from "./curves/curves-view.js";

/** Something besides the pictures that the viewer can show. */
export interface Source {
  readonly id: string;
  readonly title: string;
  /** The node's id, where one node gave it. */
  readonly node?: string;
  readonly content: SourceContent;
}

/** What there is to see of a source. */
export type SourceContent =
  | { readonly kind: "image"; readonly url: string; readonly isLatent: boolean }
  | { readonly kind: "heat-map"; readonly url: string }
  | ({ readonly kind: "curves" } & Curves)
  | {
      readonly kind: "tiles";
      readonly tiles: TilesPreview;
      /** The picture that the tiles belong to. */
      readonly picture: string | undefined;
    }
  | { readonly kind: "metrics"; readonly results: readonly JobResult[] };

type Descriptors = Readonly<Record<string, NodeDescriptor>>;
type Previews = ReturnType<typeof previewsStore.getState>["previews"];

/** What the run that is shown gives to see: previews node by node, maps, measurements. */
export function useSources(): readonly Source[] {
  const previews = useStore(previewsStore, (state) => state.previews);
  const document = useDocument();
  const descriptors = useDescriptors();
  const job = useShownJob();
  return useMemo(
    () => [
      ...previewSources(previews, document, descriptors),
      ...resultSources(job, document, descriptors),
    ],
    [previews, document, descriptors, job],
  );
}

function previewSources(
  previews: Previews,
  document: FilledDocument,
  descriptors: Descriptors,
): readonly Source[] {
  return [...previews].flatMap(([node, kinds]) => {
    const { title, descriptor } = nodeOf(node, document, descriptors);
    const isLatent = Object.values(descriptor?.outputs ?? {}).some(
      ({ socket }) => socket === "LATENT",
    );
    const picture = kinds.get("image")?.url;
    return [...kinds].flatMap(([kind, preview]): Source[] => {
      const content = contentOf(kind, preview, picture, isLatent);
      return content === undefined ? [] : [{ id: `${node} ${kind}`, title, node, content }];
    });
  });
}

function contentOf(
  kind: PreviewHeader["kind"],
  { header, url }: Preview,
  picture: string | undefined,
  isLatent: boolean,
): SourceContent | undefined {
  switch (kind) {
    case "image":
      return url === undefined ? undefined : { kind, url, isLatent };
    case "heat-map":
      return url === undefined ? undefined : { kind, url };
    case "curves":
      return { kind, x: header.x ?? "", y: header.y ?? "", series: header.series ?? [] };
    case "tiles":
      return header.tiles === undefined ? undefined : { kind, tiles: header.tiles, picture };
  }
}

/** Maps among the results, and all measurements in one table. */
export function resultSources(
  job: Job | undefined,
  document: FilledDocument,
  descriptors: Descriptors,
): readonly Source[] {
  if (job === undefined) return [];
  const maps = job.results.filter((result) => isMap(result, document, descriptors));
  const measured = job.results.filter(({ type }) => type === "application/json");
  const metrics: Source = {
    id: "metrics",
    title: viewerStrings.metrics,
    content: { kind: "metrics", results: measured },
  };
  return [
    ...maps.map(({ node, hash, url }): Source => {
      const { title } = nodeOf(node, document, descriptors);
      return { id: `map ${node} ${hash}`, title, node, content: { kind: "heat-map", url } };
    }),
    ...(measured.length === 0 ? [] : [metrics]),
  ];
}

/** Results that no node has saved are called `node.output.png`. */
export function isMap(
  { node, name, type }: JobResult,
  document: FilledDocument,
  descriptors: Descriptors,
): boolean {
  if (type !== "image/png") return false;
  const { descriptor } = nodeOf(node, document, descriptors);
  const outputs = Object.entries(descriptor?.outputs ?? {});
  return outputs.some(
    ([output, { socket }]) => socket === "MAP" && name.startsWith(`${node}.${output}`),
  );
}

function nodeOf(id: string, { nodes }: FilledDocument, descriptors: Descriptors) {
  const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
  const descriptor = descriptors[node?.type ?? ""];
  return { title: node?.title ?? descriptor?.title ?? id, descriptor };
}
