import type { CSSProperties, ReactNode } from "react";
import type { ViewerPicture } from "../state/index.js";
import { viewerStrings } from "../strings/viewer.js";
import { useAnswer } from "./analysis/use-answer.js";
import { type CompareMode, columnsOf, letterOf } from "./compare-modes.js";
import { placeOn } from "./geometry/placing.js";
import type { Point, Size } from "./geometry/view.js";
import { Divider } from "./stage/divider.js";
import { PictureLayer, PixelsLayer } from "./stage/layers.js";
import { Pane } from "./stage/pane.js";
import type { Stage } from "./stage/use-stage.js";

interface PanesProps {
  readonly stage: Stage;
  readonly pictures: readonly ViewerPicture[];
  readonly mode: CompareMode;
  readonly gain: number;
  readonly divider: number;
  readonly onDivider: (position: number) => void;
  readonly onPoint: (point: Point | undefined) => void;
  readonly sizes: ReadonlyMap<string, Size>;
  readonly onSize: (url: string, size: Size) => void;
}

/** The pictures in the chosen mode. */
export function Panes(props: PanesProps) {
  const [first, second] = props.pictures;
  if (first === undefined) return null;
  if (props.mode === "side") return <SideBySide {...props} />;
  if (props.mode === "single" || second === undefined) {
    return <Only {...props} label={first.label} content={<Shown {...props} picture={first} />} />;
  }
  if (props.mode === "difference") {
    return (
      <Only
        {...props}
        label={viewerStrings.difference}
        content={<DifferenceLayer {...props} first={first} second={second} />}
      />
    );
  }
  const [before, after] = [first, second];
  return (
    <div className="panes">
      <Pane
        stage={props.stage}
        isFirst
        label={`${before.label}, ${after.label}`}
        onPoint={props.onPoint}
      >
        <Shown {...props} picture={before} />
        <Shown {...props} picture={after} clipLeft={props.divider * props.stage.paneSize.width} />
        <span className="corner left">{before.label}</span>
        <span className="corner right">{after.label}</span>
        <Divider
          position={props.divider}
          onMove={props.onDivider}
          before={before.label}
          after={after.label}
        />
      </Pane>
    </div>
  );
}

interface OnlyProps extends PanesProps {
  readonly label: string;
  readonly content: ReactNode;
}

function Only({ stage, onPoint, label, content }: OnlyProps) {
  return (
    <div className="panes">
      <Pane stage={stage} isFirst label={label} onPoint={onPoint}>
        {content}
      </Pane>
    </div>
  );
}

function SideBySide(props: PanesProps) {
  const { stage, pictures, onPoint } = props;
  const style: CSSProperties = {
    gridTemplateColumns: `repeat(${columnsOf(pictures.length)}, minmax(0, 1fr))`,
  };
  return (
    <div className="panes" style={style}>
      {pictures.map((picture, index) => (
        <Pane
          key={picture.key}
          stage={stage}
          isFirst={index === 0}
          label={picture.label}
          badge={letterOf(index)}
          onPoint={onPoint}
        >
          <Shown {...props} picture={picture} />
          <span className="corner below">{picture.label}</span>
        </Pane>
      ))}
    </div>
  );
}

interface ShownProps extends Pick<PanesProps, "stage" | "sizes" | "onSize"> {
  readonly picture: ViewerPicture;
  readonly clipLeft?: number;
}

function Shown({ stage, sizes, onSize, picture, clipLeft }: ShownProps) {
  const { x, y, width, height } = placeOn(stage.picture, sizes.get(picture.url) ?? stage.picture);
  const { view } = stage;
  const placed: Stage = {
    ...stage,
    picture: { width, height },
    view: { ...view, x: view.x + x * view.scale, y: view.y + y * view.scale },
  };
  return (
    <PictureLayer
      stage={placed}
      url={picture.url}
      label={picture.label}
      {...(clipLeft === undefined ? {} : { clipLeft })}
      onSize={(size) => onSize(picture.url, size)}
    />
  );
}

interface DifferenceLayerProps extends PanesProps {
  readonly first: ViewerPicture;
  readonly second: ViewerPicture;
}

function DifferenceLayer(props: DifferenceLayerProps) {
  const { stage, first, second, gain } = props;
  const { value, failed } = useAnswer(`${gain} ${first.url} ${second.url}`, (analyst) =>
    analyst.difference(first.url, second.url, gain),
  );
  if (failed !== undefined) return <p className="pane-message">{failed}</p>;
  // The first picture fills the time until the difference is there.
  if (value === undefined) {
    return (
      <>
        <Shown {...props} picture={first} />
        <span className="corner left" role="status">
          {viewerStrings.measuring}
        </span>
      </>
    );
  }
  const label = `${viewerStrings.difference}: ${first.label}, ${second.label}`;
  return <PixelsLayer stage={stage} pixels={value} label={label} />;
}
