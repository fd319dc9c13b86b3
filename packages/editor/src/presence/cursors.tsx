import "./presence.css";
import { MousePointer2 } from "lucide-react";
import { useStore } from "zustand";
import { toWindow, viewportStore } from "../canvas/viewport.js";
import { presenceStore } from "../state/presence.js";

/** Where the others point at on the canvas, with their names. */
export function Cursors() {
  const { clients, self } = useStore(presenceStore);
  const viewport = useStore(viewportStore);
  return (
    <div className="cursors" aria-hidden="true">
      {clients.map(({ client, name, colour, pointer }) => {
        if (client === self || pointer === undefined) return null;
        const [x, y] = toWindow(viewport, pointer);
        return (
          <span
            key={client}
            className="cursor"
            style={{ transform: `translate(${x}px, ${y}px)`, "--person": colour }}
          >
            <MousePointer2 size={16} />
            <span className="name">{name}</span>
          </span>
        );
      })}
    </div>
  );
}
