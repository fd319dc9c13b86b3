import { Maximize, Minus, Plus, SquareDashedMousePointer } from "lucide-react";
import { useStore } from "zustand";
import { IconButton } from "../parts/button.js";
import { keysOf } from "../shortcuts/registry.js";
import { canvasStrings as words } from "../strings/canvas.js";
import { toggleChoosing } from "./choosing.js";
import { interactionStore } from "./interaction.js";
import { zoomBy, zoomTo, zoomToFit } from "./view-commands.js";
import { viewportStore } from "./viewport.js";

/** Choosing several, and zoom, in the canvas's corner. */
export function ZoomControl() {
  const percent = useStore(viewportStore, ({ k }) => Math.round(k * 100));
  const isChoosing = useStore(interactionStore, (state) => state.isChoosing);
  return (
    <div className="zoom-control over-canvas">
      <IconButton
        label={words.choose}
        keys={keysOf("canvas.choose")}
        aria-pressed={isChoosing}
        onClick={toggleChoosing}
      >
        <SquareDashedMousePointer size={14} />
      </IconButton>
      <IconButton label={words.zoomOut} keys="-" onClick={() => zoomBy(1 / 1.25)}>
        <Minus size={14} />
      </IconButton>
      <button
        type="button"
        className="button quiet percent"
        title={`${words.zoomActual} (1)`}
        onClick={() => zoomTo(1)}
      >
        {words.zoom(percent)}
      </button>
      <IconButton label={words.zoomIn} keys="+" onClick={() => zoomBy(1.25)}>
        <Plus size={14} />
      </IconButton>
      <IconButton label={words.zoomToFit} keys="F" onClick={() => zoomToFit()}>
        <Maximize size={14} />
      </IconButton>
    </div>
  );
}
