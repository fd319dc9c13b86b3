import { copyNodes, type EditCommand, type Point, pasteNodes } from "@diopter/engine/editing";
import { currentRegistry } from "../state/descriptors.js";
import { dispatch, dispatchAll, documentStore } from "../state/documents.js";
import { selectionStore, selectNodes } from "../state/selection.js";
import { canvasStrings } from "../strings/canvas.js";
import { type Insertion, insertionFor } from "./insert-on-wire.js";
import { interactionStore } from "./interaction.js";
import { sceneStore } from "./scene-store.js";

/** Nodes snap to this grid unless a key says otherwise. */
export const grid = 8;

/** Nodes that follow the pointer. The document learns of it when they are dropped. */
export interface NodeDrag {
  readonly ids: readonly string[];
  /** A step of undo that the drop joins: nodes that were duplicated to be dragged. */
  readonly isCopy: boolean;
  move: (at: Point, isFree: boolean) => void;
  insertion: Insertion | undefined;
}

/** Begins to drag the chosen nodes, or copies of them, held at a place of the canvas. */
export function startNodeDrag(node: string, from: Point, copies: boolean): NodeDrag {
  const ids = copies ? duplicate() : selectionStore.getState().nodes;
  const { positions } = sceneStore.getState().scene;
  const held = copies ? (ids[0] ?? node) : node;
  const starts = new Map(ids.map((id) => [id, positions.get(id) ?? [0, 0]] as const));
  const [heldX, heldY] = starts.get(held) ?? [0, 0];
  const drag: NodeDrag = {
    ids,
    isCopy: copies,
    insertion: undefined,
    move: (at, isFree) => {
      const [wantedX, wantedY] = [heldX + at[0] - from[0], heldY + at[1] - from[1]];
      const snap = (value: number) =>
        isFree ? Math.round(value) : Math.round(value / grid) * grid;
      const [dx, dy] = [snap(wantedX) - heldX, snap(wantedY) - heldY];
      const moved = new Map<string, Point>();
      for (const [id, [x, y]] of starts) moved.set(id, [x + dx, y + dy]);
      interactionStore.setState({ moved });
      const [only] = ids;
      drag.insertion = ids.length === 1 && only !== undefined ? insertionFor(only) : undefined;
      interactionStore.setState({ marked: drag.insertion?.wire.key });
    },
  };
  return drag;
}

/** Tells the document where the nodes are now, and inserts a single one into the wire below it. */
export function dropNodes({ ids, insertion, isCopy }: NodeDrag): void {
  const { moved } = interactionStore.getState();
  const positions = Object.fromEntries(
    [...moved].map(([id, [x, y]]): [string, [number, number]] => [id, [x, y]]),
  );
  interactionStore.setState({ moved: new Map() });
  if (moved.size === 0) return;
  const move: EditCommand = { kind: "move-nodes", positions };
  const [node] = ids;
  if (insertion !== undefined && node !== undefined) {
    const { wire, input, output } = insertion;
    dispatchAll(
      [
        move,
        { kind: "insert-on-wire", node, input, output, wire: { from: wire.from, to: wire.to } },
      ],
      canvasStrings.insert,
    );
    return;
  }
  if (isCopy) dispatch(move, { key: copyKey });
  else dispatch(move);
}

const copyKey = "drag a copy";

function duplicate(): readonly string[] {
  const { document } = documentStore.getState();
  const { nodes } = selectionStore.getState();
  const { command, ids } = pasteNodes(document, copyNodes(document, nodes), {
    offset: [0, 0],
    keepOuterWires: currentRegistry(),
  });
  if (!dispatch(command, { label: canvasStrings.dragDuplicate, key: copyKey })) return nodes;
  const copies = Object.values(ids);
  selectNodes(copies);
  return copies;
}
