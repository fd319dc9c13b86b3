import { type CSSProperties, useEffect, useRef, useState } from "react";
import { viewerStrings } from "../../strings/viewer.js";
import type { Pixels } from "../analysis/pixels.js";
import { crispScale, type Size } from "../geometry/view.js";
import type { Stage } from "./use-stage.js";

/** Where the stage's pictures lie in a pane. */
function placed({ view, picture }: Stage, own: Size): CSSProperties {
  const width = picture.width * view.scale;
  return {
    width,
    height: picture.height * view.scale,
    transform: `translate(${view.x}px, ${view.y}px)`,
    imageRendering: width / own.width > crispScale ? "pixelated" : "auto",
  };
}

interface PictureLayerProps {
  readonly stage: Stage;
  readonly url: string;
  readonly label: string;
  /** CSS pixels that are cut off at the left. */
  readonly clipLeft?: number;
  readonly onSize?: ((size: Size) => void) | undefined;
}

/** One picture, stretched to the stage's size; its own pixels stay crisp when they are large. */
export function PictureLayer({ stage, url, label, clipLeft, onSize }: PictureLayerProps) {
  const [own, setOwn] = useState<Size>(stage.picture);
  const [failed, setFailed] = useState<string>();
  const style = clipLeft === undefined ? {} : { clipPath: `inset(0 0 0 ${clipLeft}px)` };
  if (failed === url) return <p className="pane-message">{viewerStrings.failed}</p>;
  return (
    <div className="layer" style={style}>
      <img
        src={url}
        alt={label}
        draggable={false}
        decoding="async"
        style={placed(stage, own)}
        onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
          setOwn({ width, height });
          onSize?.({ width, height });
        }}
        onError={() => setFailed(url)}
      />
    </div>
  );
}

interface PixelsLayerProps {
  readonly stage: Stage;
  readonly pixels: Pixels;
  readonly label: string;
}

/** Pixels that were computed here. */
export function PixelsLayer({ stage, pixels, label }: PixelsLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    const image = new ImageData(new Uint8ClampedArray(pixels.data), pixels.width, pixels.height);
    context?.putImageData(image, 0, 0);
  }, [pixels]);
  return (
    <div className="layer">
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        width={pixels.width}
        height={pixels.height}
        style={placed(stage, pixels)}
      />
    </div>
  );
}
