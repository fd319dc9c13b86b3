import type { PreviewHeader } from "@diopter/server/protocol";
import { useMemo } from "react";
import { useStore } from "zustand";
import { type Preview, useDescriptors, useDocument } from "../state/index.js";
import { previewsStore } from "../state/previews.js";

/** A preview of a node that the viewer can show. */
export interface PreviewSource {
  /** Node and kind. */
  readonly id: string;
  readonly node: string;
  readonly title: string;
  readonly kind: PreviewHeader["kind"];
  readonly preview: Preview;
  /** The picture of the same node, for what lies over it. */
  readonly picture: string | undefined;
  /** The node gives latents: its picture is a projection. */
  readonly isLatent: boolean;
}

/** All previews of the run that is shown, node by node. */
export function useSources(): readonly PreviewSource[] {
  const previews = useStore(previewsStore, (state) => state.previews);
  const { nodes } = useDocument();
  const descriptors = useDescriptors();
  return useMemo(
    () =>
      [...previews].flatMap(([node, kinds]) => {
        const own = Object.hasOwn(nodes, node) ? nodes[node] : undefined;
        const descriptor = descriptors[own?.type ?? ""];
        const outputs = Object.values(descriptor?.outputs ?? {});
        return [...kinds].map(([kind, preview]) => ({
          id: `${node} ${kind}`,
          node,
          title: own?.title ?? descriptor?.title ?? node,
          kind,
          preview,
          picture: kinds.get("image")?.url,
          isLatent: kind === "image" && outputs.some(({ socket }) => socket === "LATENT"),
        }));
      }),
    [previews, nodes, descriptors],
  );
}
