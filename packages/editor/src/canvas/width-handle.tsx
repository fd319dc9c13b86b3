import { type PointerEvent, useRef } from "react";
import { sealHistory } from "../state/documents.js";
import { canvasStrings } from "../strings/canvas.js";
import { resetWidth, setWidth } from "./node-width.js";
import { viewportStore } from "./viewport.js";

interface WidthHandleProps {
  readonly id: string;
  readonly width: number;
}

/** A node's right edge, by which it is made wider; keys have actions for it. */
export function WidthHandle({ id, width }: WidthHandleProps) {
  const from = useRef<{ readonly x: number; readonly width: number } | undefined>(undefined);
  const end = () => {
    if (from.current === undefined) return;
    from.current = undefined;
    sealHistory();
  };
  return (
    <span
      className="width-handle"
      aria-hidden
      title={canvasStrings.widthHandle}
      onPointerDown={(event: PointerEvent) => {
        if (event.button !== 0) return;
        // What the canvas does with a press would drag the node.
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        sealHistory();
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (from.current === undefined) return;
        const { k } = viewportStore.getState();
        setWidth(id, from.current.width + (event.clientX - from.current.x) / k);
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={(event) => {
        event.stopPropagation();
        resetWidth([id]);
      }}
    />
  );
}
