import type { CSSProperties } from "react";
import type { ViewerPicture } from "../state/index.js";
import { viewerStrings } from "../strings/viewer.js";
import type { Colour } from "./analysis/pixels.js";
import { useAnswer } from "./analysis/use-answer.js";
import { letterOf } from "./compare-modes.js";
import { pixelAtPoint } from "./geometry/placing.js";
import type { Point, Size } from "./geometry/view.js";

interface PixelReadoutProps {
  readonly pictures: readonly ViewerPicture[];
  readonly sizes: ReadonlyMap<string, Size>;
  readonly stage: Size;
  /** In pixels of the stage. */
  readonly point: Point | undefined;
}

/** The values of the pixel under the pointer, in each of the pictures. */
export function PixelReadout({ pictures, sizes, stage, point }: PixelReadoutProps) {
  const isInside =
    point !== undefined &&
    point.x >= 0 &&
    point.y >= 0 &&
    point.x < stage.width &&
    point.y < stage.height;
  if (!isInside) {
    const hint = pictures.length > 1 ? "" : viewerStrings.noPixel;
    return <p className="readout faint">{hint}</p>;
  }
  return (
    <div className="readout">
      <span className="where">
        {viewerStrings.position(Math.floor(point.x), Math.floor(point.y))}
      </span>
      {pictures.map((picture, index) => {
        const pixel = pixelAtPoint(stage, sizes.get(picture.url) ?? stage, point);
        return pixel === undefined ? null : (
          <PixelValue
            key={picture.key}
            letter={pictures.length > 1 ? letterOf(index) : undefined}
            url={picture.url}
            {...pixel}
          />
        );
      })}
    </div>
  );
}

interface PixelValueProps {
  readonly letter: string | undefined;
  readonly url: string;
  readonly x: number;
  readonly y: number;
}

function PixelValue({ letter, url, x, y }: PixelValueProps) {
  const { value } = useAnswer(`${x} ${y} ${url}`, (analyst) => analyst.pixel(url, x, y));
  if (value === undefined) return null;
  const style: CSSProperties = { background: `rgb(${value.slice(0, 3).join(" ")})` };
  return (
    <span className="pixel-value">
      {letter}
      <span className="colour-swatch" style={style} aria-hidden="true" />
      <span className="mono">{printColour(value)}</span>
    </span>
  );
}

function printColour([red, green, blue, alpha]: Colour): string {
  const padded = [red, green, blue].map((value) => String(value).padStart(3, " "));
  return `${padded.join(" ")}${alpha === 255 ? "" : ` α ${alpha}`}`;
}
