import { useState } from "react";
import { viewerStrings as words } from "../strings/viewer.js";
import { evenGradient } from "./analysis/colour-map.js";
import { useAnswer } from "./analysis/use-answer.js";
import type { Point } from "./geometry/view.js";
import { PixelsLayer } from "./stage/layers.js";
import { Pane } from "./stage/pane.js";
import { useStage } from "./stage/use-stage.js";

interface HeatMapViewProps {
  /** A grey picture: 0 is black, 1 white. */
  readonly url: string;
  readonly label: string;
}

/** A map from 0 to 1 in colours whose equal steps look equal, with its scale and values. */
export function HeatMapView({ url, label }: HeatMapViewProps) {
  const [point, setPoint] = useState<Point>();
  const { value, failed } = useAnswer(url, (analyst) => analyst.heatMap(url));
  const stage = useStage(value ?? { width: 1, height: 1 });
  const [x, y] = [Math.floor(point?.x ?? -1), Math.floor(point?.y ?? -1)];
  const pixel = useAnswer(x < 0 || y < 0 ? undefined : `${x} ${y} ${url}`, (analyst) =>
    analyst.pixel(url, x, y),
  ).value;
  return (
    <div className="heat-map-view">
      <div className="panes">
        <Pane stage={stage} isFirst label={label} onPoint={setPoint}>
          {value === undefined ? null : <PixelsLayer stage={stage} pixels={value} label={label} />}
          {failed === undefined ? null : <p className="pane-message">{failed}</p>}
        </Pane>
      </div>
      <figure className="heat-scale" role="img" aria-label={words.heatMapScale("0", "1")}>
        <span className="mono">1</span>
        <span className="colour-bar" style={{ background: evenGradient("to top") }}>
          {pixel === undefined ? null : (
            <span className="needle" style={{ bottom: `${(100 * pixel[0]) / 255}%` }} />
          )}
        </span>
        <span className="mono">0</span>
      </figure>
      <footer className="viewer-status">
        <p className={pixel === undefined ? "readout faint" : "readout"}>
          {pixel === undefined ? (
            words.noPixel
          ) : (
            <>
              <span className="where">{words.position(x, y)}</span>
              <span>
                {words.value} <span className="mono">{(pixel[0] / 255).toFixed(3)}</span>
              </span>
            </>
          )}
        </p>
      </footer>
    </div>
  );
}
