import "./tiles.css";
import type { TilesPreview } from "@diopter/server/protocol";
import { useState } from "react";
import { viewerStrings as words } from "../../strings/viewer.js";
import { ColourKey } from "./colour-key.js";
import { type ColourBy, colourBys, colouring } from "./colouring.js";
import { TileDetails } from "./tile-details.js";
import { TileMap } from "./tile-map.js";
import { lastStep } from "./tile-times.js";
import { TimeLine } from "./time-line.js";

interface TilesViewProps {
  readonly tiles: TilesPreview;
  /** The picture that the tiles belong to, shown beneath them. */
  readonly picture: string | undefined;
}

/** The tiles of a sampling run over time: played, scrubbed, and one at a time in detail. */
export function TilesView({ tiles, picture }: TilesViewProps) {
  const last = lastStep(tiles);
  const [held, setHeld] = useState<number>();
  const [chosen, setChosen] = useState(0);
  const [by, setBy] = useState<ColourBy>("timestep");
  // Until somebody scrubs, the newest step is shown as it comes.
  const step = Math.min(held ?? last, last);
  const colours = colouring(tiles, by);
  return (
    <div className="tiles-view">
      <div className="tiles-bar">
        <TimeLine
          step={step}
          last={last}
          onStep={(next) => setHeld(next === last ? undefined : next)}
        />
        <label className="colour-by">
          <span>{words.colourBy}</span>
          <select
            className="field"
            value={by}
            onChange={(event) => {
              const found = colourBys.find((one) => one === event.target.value);
              if (found !== undefined) setBy(found);
            }}
          >
            <option value="timestep">{words.byTimestep}</option>
            <option value="category">{words.byCategory}</option>
            <option value="gain">{words.byGain}</option>
          </select>
        </label>
        <ColourKey colours={colours} />
      </div>
      <div className="tiles-body">
        <TileMap
          tiles={tiles}
          picture={picture}
          step={step}
          colours={colours}
          chosen={chosen}
          onChoose={setChosen}
        />
        <TileDetails tiles={tiles} index={chosen} step={step} onStep={setHeld} />
      </div>
    </div>
  );
}
