import type { Point } from "@diopter/engine/editing";
import type { NodeDrag } from "./drag-nodes.js";

/** What a pressed pointer does on the canvas. */
export type Gesture =
  | {
      readonly kind: "press";
      readonly node: string;
      readonly at: Point;
      readonly wasSelected: boolean;
      readonly copies: boolean;
      readonly adds: boolean;
    }
  | { readonly kind: "drag"; readonly drag: NodeDrag }
  /** The empty canvas, or a wire: a drag pans, a tap chooses, a finger that rests may draw a box. */
  | { readonly kind: "ground"; readonly at: Point; readonly event: PointerEvent }
  | { readonly kind: "rest"; readonly at: Point; readonly event: PointerEvent }
  | { readonly kind: "box"; readonly from: Point; readonly before: readonly string[] }
  | {
      readonly kind: "reroute";
      readonly key: string;
      readonly index: number;
      readonly points: readonly Point[];
      hasMoved: boolean;
    };

/** Whether nodes are dragged that were duplicated for it. */
export const isCopyDrag = (gesture: Gesture): boolean =>
  gesture.kind === "drag" && gesture.drag.isCopy;
