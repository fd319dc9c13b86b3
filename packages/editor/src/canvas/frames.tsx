import type { Frame, Point } from "@diopter/engine/editing";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { useStore } from "zustand";
import { dispatch, documentStore, sealHistory } from "../state/documents.js";
import { selectFrame, selectionStore } from "../state/selection.js";
import { canvasStrings as words } from "../strings/canvas.js";
import { grid } from "./drag-nodes.js";
import { frameColours } from "./frame-colours.js";
import { moveFrame, nodesInFrame, resizeFrame } from "./move-frame.js";
import { viewportStore } from "./viewport.js";

/** Titles and handles of the frames; their areas are painted. */
export function Frames() {
  const frames = useStore(documentStore, ({ document }) => document.view.frames);
  return Object.entries(frames).map(([id, frame]) => <FrameTitle key={id} id={id} frame={frame} />);
}

const snap = (value: number) => Math.round(value / grid) * grid;

function FrameTitle({ id, frame }: { readonly id: string; readonly frame: Frame }) {
  const isSelected = useStore(selectionStore, (state) => state.frame === id);
  const [isEdited, setEdited] = useState(false);
  const resize = useDrag(viewportStore, ([dx, dy], start) => {
    resizeFrame(id, [start.width + dx, start.height + dy]);
  });
  const held = useRef<readonly string[]>([]);
  const move = useDrag(viewportStore, ([dx, dy], start) => {
    moveFrame(id, [start.x + snap(dx), start.y + snap(dy)], held.current);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      event.stopPropagation();
      setEdited(true);
    }
  };
  return (
    <div
      className={isSelected ? "frame-title selected" : "frame-title"}
      data-frame={id}
      style={{
        left: frame.x,
        top: frame.y,
        width: frame.width,
        "--frame": frameColours[frame.colour] ?? frame.colour,
      }}
    >
      {isEdited ? (
        <TitleField id={id} title={frame.title} onDone={() => setEdited(false)} />
      ) : (
        <button
          type="button"
          className="frame-name"
          aria-roledescription={words.frameRole}
          onFocus={() => selectFrame(id)}
          onDoubleClick={(event) => {
            // The button goes: the canvas would take the press for one on nothing.
            event.stopPropagation();
            setEdited(true);
          }}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            selectFrame(id);
            held.current = nodesInFrame(frame);
            move.start(event, frame);
          }}
          onPointerMove={move.move}
          onPointerUp={move.end}
          onPointerCancel={move.end}
        >
          {frame.title || words.frame}
        </button>
      )}
      <span
        className="frame-corner"
        style={{ left: frame.width - 14, top: frame.height - 14 }}
        onPointerDown={(event) => resize.start(event, frame)}
        onPointerMove={resize.move}
        onPointerUp={resize.end}
        onPointerCancel={resize.end}
      />
    </div>
  );
}

interface TitleFieldProps {
  readonly id: string;
  readonly title: string;
  readonly onDone: () => void;
}

function TitleField({ id, title, onDone }: TitleFieldProps) {
  const finish = (value: string) => {
    if (value !== title) dispatch({ kind: "update-frame", id, changes: { title: value } });
    onDone();
  };
  return (
    <input
      className="field"
      aria-label={words.frameTitle}
      defaultValue={title}
      // biome-ignore lint/a11y/noAutofocus: the person asked to type here.
      autoFocus
      onFocus={(event) => event.target.select()}
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") finish(event.currentTarget.value);
        if (event.key === "Escape") onDone();
      }}
    />
  );
}

/** A drag in places of the canvas: gives the way from its start, and the frame as it was then. */
function useDrag(viewport: typeof viewportStore, onMove: (way: Point, start: Frame) => void) {
  const from = useRef<
    { readonly x: number; readonly y: number; readonly frame: Frame } | undefined
  >(undefined);
  return {
    start: (event: PointerEvent, frame: Frame) => {
      if (event.button !== 0) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = { x: event.clientX, y: event.clientY, frame };
    },
    move: (event: PointerEvent) => {
      if (from.current === undefined) return;
      const { k } = viewport.getState();
      const way: Point = [
        (event.clientX - from.current.x) / k,
        (event.clientY - from.current.y) / k,
      ];
      onMove(way, from.current.frame);
    },
    end: () => {
      from.current = undefined;
      sealHistory();
    },
  };
}
