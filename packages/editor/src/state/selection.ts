import { createStore } from "zustand/vanilla";

interface SelectionState {
  /** Ids of the chosen nodes, in the order in which they were chosen. */
  readonly nodes: readonly string[];
  /**
   * The wire that is chosen: the input at which it arrives, and its place among several; and the one
   * of its reroute points that is chosen.
   */
  readonly wire:
    | {
        readonly node: string;
        readonly input: string;
        readonly index: number;
        readonly point?: number;
      }
    | undefined;
  /** The frame that is chosen. */
  readonly frame: string | undefined;
  /** A parameter that the inspector should show and focus; counted, so that asking twice works. */
  readonly wantedParameter:
    | { readonly node: string; readonly name: string; readonly count: number }
    | undefined;
}

/** What is chosen on the canvas. */
export const selectionStore = createStore<SelectionState>(() => ({
  nodes: [],
  wire: undefined,
  frame: undefined,
  wantedParameter: undefined,
}));

/** Chooses these nodes and nothing else. */
export function selectNodes(nodes: readonly string[]): void {
  selectionStore.setState({ nodes: [...new Set(nodes)], wire: undefined, frame: undefined });
}

/** Adds a node to the choice, or takes it out. */
export function toggleNode(id: string): void {
  const { nodes } = selectionStore.getState();
  selectNodes(nodes.includes(id) ? nodes.filter((other) => other !== id) : [...nodes, id]);
}

/** Chooses a wire and nothing else. */
export function selectWire(wire: NonNullable<SelectionState["wire"]>): void {
  selectionStore.setState({ nodes: [], wire, frame: undefined });
}

/** Chooses a frame and nothing else. */
export function selectFrame(frame: string): void {
  selectionStore.setState({ nodes: [], wire: undefined, frame });
}

/** Chooses nothing. */
export function clearSelection(): void {
  selectionStore.setState({ nodes: [], wire: undefined, frame: undefined });
}

/** Chooses a node and asks the inspector to focus one of its parameters. */
export function showParameter(node: string, name: string): void {
  selectNodes([node]);
  selectionStore.setState(({ wantedParameter }) => ({
    wantedParameter: { node, name, count: (wantedParameter?.count ?? 0) + 1 },
  }));
}
