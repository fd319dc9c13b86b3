import { type PointerEvent, useCallback, useEffect, useRef } from "react";
import type { ChangePhase } from "../control-props.js";
import { beginDrag, dragThreshold, moveDrag, type NumberDrag } from "./number-drag.js";
import { type NumberParameter, paceOf } from "./number-range.js";

interface Press {
  readonly pointer: number;
  readonly startX: number;
  readonly lastX: number;
  /** Undefined until the pointer has moved far enough. */
  readonly drag: NumberDrag | undefined;
}

interface DragOptions {
  readonly parameter: NumberParameter;
  readonly value: number;
  readonly onChange: (value: number, phase: ChangePhase) => void;
  /** The pointer was pressed and released without a drag. */
  readonly onClick: () => void;
}

/**
 * Changes a number by dragging sideways. The pointer is captured, so that the drag goes on outside
 * the field; Escape restores the value it began with. A field that has the focus is for typing and
 * does not drag.
 */
export function useNumberDrag({ parameter, value, onChange, onClick }: DragOptions) {
  const press = useRef<Press | undefined>(undefined);
  const change = useRef(onChange);
  change.current = onChange;

  const onEscape = useCallback((event: KeyboardEvent) => {
    const drag = press.current?.drag;
    if (event.key !== "Escape" || drag === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    press.current = undefined;
    window.removeEventListener("keydown", onEscape, true);
    change.current(drag.from, "done");
  }, []);
  useEffect(() => () => window.removeEventListener("keydown", onEscape, true), [onEscape]);

  const finish = (isClick: boolean) => {
    const ended = press.current;
    press.current = undefined;
    window.removeEventListener("keydown", onEscape, true);
    if (ended === undefined) return;
    if (ended.drag !== undefined) onChange(ended.drag.value, "done");
    else if (isClick) onClick();
  };

  return {
    onPointerDown: (event: PointerEvent<HTMLInputElement>) => {
      const typing = document.activeElement === event.currentTarget;
      if (typing || event.button !== 0 || !event.isPrimary) return;
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      const at = event.clientX;
      press.current = { pointer: event.pointerId, startX: at, lastX: at, drag: undefined };
    },
    onPointerMove: (event: PointerEvent<HTMLInputElement>) => {
      const current = press.current;
      if (current === undefined || current.pointer !== event.pointerId) return;
      const far = Math.abs(event.clientX - current.startX) >= dragThreshold;
      if (current.drag === undefined && !far) return;
      if (current.drag === undefined) window.addEventListener("keydown", onEscape, true);
      const before = current.drag ?? beginDrag(value);
      const drag = moveDrag(before, parameter, event.clientX - current.lastX, paceOf(event));
      press.current = { ...current, lastX: event.clientX, drag };
      if (drag.value !== before.value) onChange(drag.value, "live");
    },
    onPointerUp: (event: PointerEvent<HTMLInputElement>) => {
      if (press.current?.pointer === event.pointerId) finish(true);
    },
    onPointerCancel: () => finish(false),
    onLostPointerCapture: () => finish(false),
  };
}
