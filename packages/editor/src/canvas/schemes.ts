import type { ClassicPreset, GetSchemes } from "rete";

type Wire = ClassicPreset.Connection<ClassicPreset.Node, ClassicPreset.Node> & {
  isPseudo?: boolean;
};

/** What Rete is told of: nodes by their ids. Wires are painted, and not Rete's business. */
export type GraphSchemes = GetSchemes<ClassicPreset.Node, Wire>;

/** Announces a socket's element, so that the pointer finds it; gives back how to take it away. */
export type AnnounceSocket = (
  element: HTMLElement,
  socket: { readonly node: string; readonly side: "input" | "output"; readonly name: string },
) => () => void;
