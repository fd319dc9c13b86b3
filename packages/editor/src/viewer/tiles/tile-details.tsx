import type { TilesPreview } from "@diopter/server/protocol";
import { viewerStrings as words } from "../../strings/viewer.js";
import { axisOver, linePath } from "../curves/scale.js";
import { firstTimestep, type TileRecord } from "./tile-times.js";

interface TileDetailsProps {
  readonly tiles: TilesPreview;
  readonly index: number;
  readonly step: number;
  readonly onStep: (step: number) => void;
}

/** All steps of one tile. */
export function TileDetails({ tiles, index, step, onStep }: TileDetailsProps) {
  const tile = tiles.tiles[index];
  const origin = tiles.layout.origins[index];
  if (tile === undefined || origin === undefined) return null;
  return (
    <section className="tile-details" aria-label={words.tile(index + 1)}>
      <h3>
        {words.tile(index + 1)} <span className="faint">{words.tilePlace(origin.x, origin.y)}</span>
      </h3>
      <Course tile={tile} step={step} most={firstTimestep(tiles)} />
      <div className="tile-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.step}</th>
              <th scope="col">{words.timestep}</th>
              <th scope="col">{words.category}</th>
              <th scope="col">{words.byGain}</th>
            </tr>
          </thead>
          <tbody>
            {tile.steps.map(({ from, to, category, gain }, row) => (
              <tr
                key={`${from} ${to}`}
                aria-current={row + 1 === Math.min(step, tile.steps.length) ? "step" : undefined}
              >
                <th scope="row">
                  <button type="button" onClick={() => onStep(row + 1)}>
                    {row + 1}
                  </button>
                </th>
                <td className="mono">
                  {Math.round(from)} → {Math.round(to)}
                </td>
                <td>{category === "" ? words.none : category}</td>
                <td className="mono" title={`${words.gainFull}, ${words.gainNone}`}>
                  {gain === undefined
                    ? "–"
                    : `${gain.fullReference.toFixed(3)}, ${gain.noReference.toFixed(3)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const size = { width: 340, height: 72 };

/** The tile's timestep, falling step by step. */
function Course({
  tile,
  step,
  most,
}: {
  readonly tile: TileRecord;
  readonly step: number;
  readonly most: number;
}) {
  const [first] = tile.steps;
  const times = first === undefined ? [] : [first.from, ...tile.steps.map(({ to }) => to)];
  const last = Math.max(1, times.length - 1);
  const x = (index: number) => 4 + (index / last) * (size.width - 8);
  const { place } = axisOver([0, most], size.height - 4, 4);
  const now = Math.min(step, times.length - 1);
  const time = times[now];
  return (
    <svg className="course" viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
      <path className="series-0" d={linePath(times, x, place)} />
      {time === undefined ? null : (
        <circle className="series-0" cx={x(now)} cy={place(time)} r={4} />
      )}
    </svg>
  );
}
