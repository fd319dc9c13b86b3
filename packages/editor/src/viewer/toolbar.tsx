import { ChartNoAxesColumn, Download, Maximize, Minus, Plus } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Button, IconButton } from "../parts/button.js";
import type { ViewerPicture } from "../state/index.js";
import { viewerStrings } from "../strings/viewer.js";
import type { CompareMode } from "./compare-modes.js";
import type { Stage } from "./stage/use-stage.js";

interface ViewerToolbarProps {
  readonly stage: Stage;
  readonly mode: CompareMode;
  readonly modes: readonly CompareMode[];
  readonly canCompare: boolean;
  readonly onMode: (mode: CompareMode) => void;
  readonly hasHistogram: boolean;
  readonly onHistogram: () => void;
  readonly picture: ViewerPicture | undefined;
  readonly children?: ReactNode;
}

/** How pictures are compared and magnified. */
export function ViewerToolbar(props: ViewerToolbarProps) {
  const { stage, picture } = props;
  return (
    <div className="viewer-toolbar">
      <ModeSwitch {...props} />
      <div className="between">{props.children}</div>
      <IconButton label={viewerStrings.zoomOut} keys="-" onClick={() => stage.zoom(Math.SQRT1_2)}>
        <Minus size={15} />
      </IconButton>
      <span className="scale" aria-live="off">
        {viewerStrings.scale(printScale(stage.view.scale * window.devicePixelRatio))}
      </span>
      <IconButton label={viewerStrings.zoomIn} keys="+" onClick={() => stage.zoom(Math.SQRT2)}>
        <Plus size={15} />
      </IconButton>
      <Button
        tone="quiet"
        aria-pressed={stage.isFitted}
        title={viewerStrings.fitHelp}
        onClick={stage.fit}
      >
        <Maximize size={14} /> {viewerStrings.fit}
      </Button>
      <Button tone="quiet" title={viewerStrings.actualHelp} onClick={stage.actual}>
        {viewerStrings.actual}
      </Button>
      <IconButton
        label={viewerStrings.histogram}
        aria-pressed={props.hasHistogram}
        onClick={props.onHistogram}
      >
        <ChartNoAxesColumn size={15} />
      </IconButton>
      {picture === undefined ? null : (
        <a
          className="button quiet icon"
          href={picture.url}
          download={picture.label.replace(/[^\w.-]+/g, "-")}
          aria-label={viewerStrings.download}
          title={viewerStrings.download}
        >
          <Download size={15} />
        </a>
      )}
    </div>
  );
}

function ModeSwitch({ mode, modes, canCompare, onMode }: ViewerToolbarProps) {
  const name = useId();
  return (
    <fieldset className="segments" title={canCompare ? undefined : viewerStrings.needsTwo}>
      <legend className="sr-only">{viewerStrings.mode}</legend>
      {modes.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name={name}
            checked={one === mode}
            disabled={!canCompare && one !== "single"}
            onChange={() => onMode(one)}
          />
          <span>{viewerStrings[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A magnification in percent with as many digits as it needs. */
function printScale(scale: number): string {
  const percent = 100 * scale;
  return percent < 10 ? percent.toFixed(1) : String(Math.round(percent));
}
