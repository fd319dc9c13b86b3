import "./viewer.css";
import { type ReactNode, useState } from "react";
import type { ViewerPicture } from "../state/index.js";
import { type CompareMode, compareModes, possibleMode } from "./compare-modes.js";
import { DifferenceBar } from "./difference-bar.js";
import type { Point, Size } from "./geometry/view.js";
import { HistogramPanel } from "./histogram-panel.js";
import { Panes } from "./panes.js";
import { PixelReadout } from "./pixel-readout.js";
import { useStage } from "./stage/use-stage.js";
import { ViewerToolbar } from "./toolbar.js";

interface PictureViewerProps {
  /** One to four; the others are compared with the first. */
  readonly pictures: readonly ViewerPicture[];
  /** Stands in the toolbar. */
  readonly children?: ReactNode;
  readonly initialMode?: CompareMode;
}

/** Pictures that are moved, zoomed, compared and measured. */
export function PictureViewer({ pictures, children, initialMode = "slider" }: PictureViewerProps) {
  const [wanted, setWanted] = useState<CompareMode>();
  const [gain, setGain] = useState(8);
  const [divider, setDivider] = useState(0.5);
  const [hasHistogram, setHasHistogram] = useState(false);
  const [point, setPoint] = useState<Point>();
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());
  // A slider shows two of them: whoever opens more wants to see them all.
  const fitting = pictures.length > 2 ? "side" : initialMode;
  const mode = possibleMode(wanted ?? fitting, pictures.length);
  const stage = useStage(largestSize(pictures, sizes));
  const noteSize = (url: string, size: Size) =>
    setSizes((before) => {
      const known = before.get(url);
      const isKnown = known?.width === size.width && known.height === size.height;
      return isKnown ? before : new Map(before).set(url, size);
    });

  return (
    <div className="picture-viewer">
      <ViewerToolbar
        stage={stage}
        mode={mode}
        modes={compareModes}
        canCompare={pictures.length > 1}
        onMode={setWanted}
        hasHistogram={hasHistogram}
        onHistogram={() => setHasHistogram(!hasHistogram)}
        picture={pictures[0]}
      >
        {children}
      </ViewerToolbar>
      <div className="viewer-body">
        <Panes
          stage={stage}
          pictures={pictures}
          mode={mode}
          gain={gain}
          divider={divider}
          onDivider={setDivider}
          onPoint={setPoint}
          sizes={sizes}
          onSize={noteSize}
        />
        {hasHistogram ? (
          <HistogramPanel pictures={mode === "single" ? pictures.slice(0, 1) : pictures} />
        ) : null}
      </div>
      <footer className="viewer-status">
        <PixelReadout pictures={pictures} sizes={sizes} stage={stage.picture} point={point} />
        <DifferenceBar pictures={pictures} mode={mode} gain={gain} onGain={setGain} sizes={sizes} />
      </footer>
    </div>
  );
}

/** All pictures are shown at the size of the largest. */
function largestSize(pictures: readonly ViewerPicture[], sizes: ReadonlyMap<string, Size>): Size {
  let largest: Size = { width: 1, height: 1 };
  for (const { url, width, height } of pictures) {
    const declared = width !== undefined && height !== undefined ? { width, height } : undefined;
    const size = sizes.get(url) ?? declared;
    if (size !== undefined && size.width * size.height > largest.width * largest.height) {
      largest = size;
    }
  }
  return largest;
}
