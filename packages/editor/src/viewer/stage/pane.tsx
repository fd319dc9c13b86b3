import { type ReactNode, useLayoutEffect, useRef } from "react";
import { viewerStrings } from "../../strings/viewer.js";
import type { Point } from "../geometry/view.js";
import { useGestures } from "./use-gestures.js";
import type { Stage } from "./use-stage.js";

interface PaneProps {
  readonly stage: Stage;
  /** The first pane is the one whose size is measured. */
  readonly isFirst: boolean;
  readonly label: string;
  /** A letter in the corner where there are several. */
  readonly badge?: string | undefined;
  readonly onPoint: (point: Point | undefined) => void;
  readonly children: ReactNode;
}

/** A window onto the stage: moved and zoomed by pointer, wheel, fingers and keys. */
export function Pane({ stage, isFirst, label, badge, onPoint, children }: PaneProps) {
  const own = useRef<HTMLDivElement>(null);
  const gestures = useGestures(own, stage, onPoint);
  const { attach } = stage;
  useLayoutEffect(() => {
    if (isFirst) attach(own.current);
  }, [isFirst, attach]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, this is one picture
    <div
      ref={own}
      className="picture-pane"
      role="group"
      aria-label={viewerStrings.pane(label)}
      aria-description={viewerStrings.paneHelp}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and zoomed by keys
      tabIndex={0}
      onKeyDown={stage.onKeyDown}
      {...gestures}
    >
      {children}
      {badge === undefined ? null : (
        <span className="pane-badge" aria-hidden="true">
          {badge}
        </span>
      )}
    </div>
  );
}
