import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import { useStore } from "zustand";
import { type PaneName, paneLimits, panesStore, setPane } from "../state/panes.js";
import { partStrings } from "../strings/parts.js";

interface PaneProps {
  readonly name: PaneName;
  readonly label: string;
  /** It takes the room of the canvas too, whatever its size. */
  readonly isEnlarged?: boolean;
  readonly children: ReactNode;
}

/** A side of the window whose inner edge can be dragged, or moved with the arrow keys. */
export function Pane({ name, label, isEnlarged = false, children }: PaneProps) {
  const { open, size } = useStore(panesStore, (state) => state[name]);
  if (!open) return null;
  const extent = name === "bottom" ? { height: size } : { width: size };
  const style = isEnlarged ? {} : extent;
  return (
    <aside className={`pane ${name}`} style={style} aria-label={label}>
      <h2 className="sr-only">{label}</h2>
      {children}
      <Separator name={name} label={label} size={size} />
    </aside>
  );
}

const keyStep = 16;

/** Which way the edge goes as its pane grows: 1 to the right, -1 to the left or up. */
const growth: Readonly<Record<PaneName, 1 | -1>> = { left: 1, right: -1, bottom: -1 };

interface SeparatorProps {
  readonly name: PaneName;
  readonly label: string;
  readonly size: number;
}

function Separator({ name, label, size }: SeparatorProps) {
  const start = useRef<{ readonly at: number; readonly size: number } | undefined>(undefined);
  const isHorizontal = name === "bottom";
  const place = (event: PointerEvent) => (isHorizontal ? event.clientY : event.clientX);
  const [least, most] = paneLimits[name];
  const byKey = (event: KeyboardEvent) => {
    const [less, more] = isHorizontal ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    const direction = event.key === more ? 1 : event.key === less ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    setPane(name, { size: size + direction * growth[name] * keyStep });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no <hr>.
    <div
      className={`separator ${isHorizontal ? "horizontal" : "vertical"}`}
      role="separator"
      tabIndex={0}
      aria-orientation={isHorizontal ? "horizontal" : "vertical"}
      aria-label={partStrings.resize(label)}
      aria-valuenow={Math.round(size)}
      aria-valuemin={least}
      aria-valuemax={most}
      onKeyDown={byKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: place(event), size };
      }}
      onPointerMove={(event) => {
        const from = start.current;
        if (from === undefined) return;
        setPane(name, { size: from.size + (place(event) - from.at) * growth[name] });
      }}
      onPointerUp={() => {
        start.current = undefined;
      }}
      onPointerCancel={() => {
        start.current = undefined;
      }}
    />
  );
}
