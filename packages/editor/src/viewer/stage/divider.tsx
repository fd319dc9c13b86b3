import { ChevronsLeftRight } from "lucide-react";
import type { CSSProperties, KeyboardEvent, PointerEvent } from "react";
import { viewerStrings } from "../../strings/viewer.js";

interface DividerProps {
  /** 0 at the pane's left border to 1 at its right. */
  readonly position: number;
  readonly onMove: (position: number) => void;
  readonly before: string;
  readonly after: string;
}

/** Where a divider goes for a key; undefined where the key means nothing to it. */
export function dividerAfterKey(position: number, key: string, far: boolean): number | undefined {
  const step = far ? 0.1 : 0.01;
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: position - step,
    ArrowDown: position - step,
    ArrowRight: position + step,
    ArrowUp: position + step,
    PageDown: position - 0.1,
    PageUp: position + 0.1,
    Home: 0,
    End: 1,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.min(1, Math.max(0, target));
}

/** The line between before and after: a slider for mouse, finger and keys. */
export function Divider({ position, onMove, before, after }: DividerProps) {
  const style: CSSProperties = { left: `${100 * position}%` };
  const percent = Math.round(100 * position);
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const pane = event.currentTarget.parentElement?.getBoundingClientRect();
    if (pane === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onMove(Math.min(1, Math.max(0, (event.clientX - pane.left) / pane.width)));
  };
  return (
    <div
      className="compare-divider"
      role="slider"
      tabIndex={0}
      aria-label={viewerStrings.divider}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={viewerStrings.dividerValue(percent, before, after)}
      style={style}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        event.stopPropagation();
        follow(event);
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        onMove(0.5);
      }}
      onKeyDown={(event: KeyboardEvent) => {
        const next = dividerAfterKey(position, event.key, event.shiftKey);
        if (next === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        onMove(next);
      }}
    >
      <span className="grip" aria-hidden="true">
        <ChevronsLeftRight size={14} />
      </span>
    </div>
  );
}
