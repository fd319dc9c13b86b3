import { type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { type Point, pan, pinch, toPicture, wheelFactor, zoomAt } from "../geometry/view.js";
import type { Stage } from "./use-stage.js";

interface Gestures {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave: (event: PointerEvent<HTMLElement>) => void;
  readonly onDoubleClick: () => void;
}

/**
 * Moves a stage with one finger or the mouse, zooms it with two fingers or the wheel, and tells
 * which point of the picture the pointer is at.
 */
export function useGestures(
  element: RefObject<HTMLElement | null>,
  stage: Stage,
  onPoint: (point: Point | undefined) => void,
): Gestures {
  const fingers = useRef(new Map<number, Point>());
  const { change, view } = stage;

  useEffect(() => {
    const pane = element.current;
    if (pane === null) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const at = place(event, pane);
      change((before) => zoomAt(before, at, wheelFactor(event)));
    };
    // React listens passively, where the page could not be kept from scrolling.
    pane.addEventListener("wheel", onWheel, { passive: false });
    return () => pane.removeEventListener("wheel", onWheel);
  }, [element, change]);

  const move = (event: PointerEvent<HTMLElement>, from: Point, to: Point) => {
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    if (other === undefined)
      change((before) => pan(before, { x: to.x - from.x, y: to.y - from.y }));
    else change((before) => pinch(before, [from, other], [to, other]));
  };
  const release = (event: PointerEvent<HTMLElement>) => {
    fingers.current.delete(event.pointerId);
  };
  return {
    onPointerDown: (event) => {
      const isSecondary = event.pointerType === "mouse" && event.button !== 0 && event.button !== 1;
      if (isSecondary || fingers.current.size >= 2) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const at = place(event, event.currentTarget);
      fingers.current.set(event.pointerId, at);
      onPoint(toPicture(view, at));
    },
    onPointerMove: (event) => {
      const to = place(event, event.currentTarget);
      const from = fingers.current.get(event.pointerId);
      if (from !== undefined) {
        fingers.current.set(event.pointerId, to);
        move(event, from, to);
      }
      onPoint(toPicture(view, to));
    },
    onPointerUp: release,
    onPointerCancel: release,
    // A finger that was lifted has left too: what it pointed at stays to be read.
    onPointerLeave: (event) => {
      if (event.pointerType !== "touch") onPoint(undefined);
    },
    onDoubleClick: () => (stage.isFitted ? stage.actual() : stage.fit()),
  };
}

function place(event: { readonly clientX: number; readonly clientY: number }, pane: HTMLElement) {
  const { left, top } = pane.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}
