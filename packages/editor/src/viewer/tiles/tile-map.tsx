import type { TilesPreview } from "@diopter/server/protocol";
import { type CSSProperties, type KeyboardEvent, useId } from "react";
import { viewerStrings as words } from "../../strings/viewer.js";
import type { Colouring } from "./colouring.js";
import { drawnBox, isDirection, neighbour, stateAt, type TileState } from "./tile-times.js";

interface TileMapProps {
  readonly tiles: TilesPreview;
  readonly picture: string | undefined;
  readonly step: number;
  readonly colours: Colouring;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

/** Where the tiles lie and where each one stands. Arrow keys choose a tile. */
export function TileMap({ tiles, picture, step, colours, chosen, onChoose }: TileMapProps) {
  const id = useId();
  const { width, height } = tiles.layout;
  const choose = (event: KeyboardEvent) => {
    const target = targetOf(event.key, tiles, chosen);
    if (target === undefined) return;
    event.preventDefault();
    onChoose(target);
  };
  const frame: CSSProperties & Record<`--${string}`, string> = {
    aspectRatio: `${width} / ${height}`,
    "--aspect": String(width / height),
  };
  return (
    <div className="tile-frame">
      <div
        className="tile-map"
        style={frame}
        role="listbox"
        tabIndex={0}
        aria-label={words.tiles}
        aria-description={words.tileHelp}
        aria-activedescendant={`${id}-${chosen}`}
        onKeyDown={choose}
      >
        {picture === undefined ? null : <img src={picture} alt="" aria-hidden="true" />}
        {tiles.tiles.map((tile, index) => {
          const state = stateAt(tile, step);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list box takes the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a tile is its place in the layout
              key={index}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === chosen}
              aria-label={describeTile(index, state)}
              className={`tile ${state.status}`}
              style={placeOf(tiles, index, colours.colourOf(state))}
              onClick={() => onChoose(index)}
            />
          );
        })}
      </div>
    </div>
  );
}

function targetOf(key: string, tiles: TilesPreview, chosen: number): number | undefined {
  if (isDirection(key)) return neighbour(tiles, chosen, key);
  if (key === "Home") return 0;
  return key === "End" ? tiles.tiles.length - 1 : undefined;
}

function describeTile(index: number, { timestep, category, status }: TileState): string {
  const parts = [words.tile(index + 1)];
  if (timestep !== undefined) parts.push(`${words.timestep} ${Math.round(timestep)}`);
  if (category !== "") parts.push(category);
  if (status === "finished") parts.push(words.finished);
  if (status === "waiting") parts.push(words.waitingTile);
  return parts.join(", ");
}

function placeOf(
  tiles: TilesPreview,
  index: number,
  colour: string | undefined,
): CSSProperties & Record<`--${string}`, string> {
  const { width, height } = tiles.layout;
  const box = drawnBox(tiles, index);
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return {
    left: percent(box.x, width),
    top: percent(box.y, height),
    width: percent(box.width, width),
    height: percent(box.height, height),
    "--tile": colour ?? "transparent",
  };
}
