import { type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useState } from "react";
import { matchesKeys } from "../../shortcuts/keys.js";
import { pictureKeys } from "../../shortcuts/local-keys.js";
import {
  centred,
  contain,
  fitView,
  type Point,
  pan,
  type Size,
  type View,
  withScale,
  zoomAt,
} from "../geometry/view.js";

/** A view of pictures of one size, shared by all panes that show them. */
export interface Stage {
  /** Tells which pane is measured: all have its size. */
  readonly attach: (pane: HTMLElement | null) => void;
  readonly paneSize: Size;
  /** The size that all pictures are shown at, magnification apart. */
  readonly picture: Size;
  readonly view: View;
  readonly isFitted: boolean;
  readonly change: (next: (view: View) => View) => void;
  readonly fit: () => void;
  /** One pixel of the picture on one of the screen. */
  readonly actual: () => void;
  /** About the middle, by a step or its inverse. */
  readonly zoom: (factor: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const zoomStep = Math.SQRT2;
const margin = 12;

const actionNames = ["zoomIn", "zoomOut", "fit", "actual"] as const;

const steps: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: 60, y: 0 },
  ArrowRight: { x: -60, y: 0 },
  ArrowUp: { x: 0, y: 60 },
  ArrowDown: { x: 0, y: -60 },
};

/** Pan and zoom. Fitted until somebody moves it, and then kept where it is as panes change size. */
export function useStage(picture: Size): Stage {
  const [pane, attach] = useState<HTMLElement | null>(null);
  const [paneSize, setPaneSize] = useState<Size>({ width: 0, height: 0 });
  const [moved, setMoved] = useState<View>();
  const { width, height } = picture;

  useLayoutEffect(() => {
    if (pane === null) return;
    const measure = () => setPaneSize({ width: pane.clientWidth, height: pane.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(pane);
    return () => observer.disconnect();
  }, [pane]);

  const fitted = useMemo(
    () => fitView({ width, height }, paneSize, margin),
    [width, height, paneSize],
  );
  const view = moved ?? fitted;
  const change = useCallback(
    (next: (view: View) => View) =>
      setMoved((before) => contain(next(before ?? fitted), { width, height }, paneSize)),
    [fitted, width, height, paneSize],
  );
  const middle = { x: paneSize.width / 2, y: paneSize.height / 2 };
  const fit = () => setMoved(undefined);
  const actual = () => {
    const scale = 1 / window.devicePixelRatio;
    setMoved(
      moved === undefined ? centred(picture, paneSize, scale) : withScale(moved, middle, scale),
    );
  };
  const zoom = (factor: number) => change((before) => zoomAt(before, middle, factor));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    const actions = {
      zoomIn: () => zoom(zoomStep),
      zoomOut: () => zoom(1 / zoomStep),
      fit,
      actual,
    };
    const named = actionNames.find((name) =>
      pictureKeys[name].keys.some((keys) => matchesKeys(event, keys)),
    );
    const act =
      step !== undefined
        ? () => change((before) => pan(before, step))
        : named === undefined
          ? undefined
          : actions[named];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return {
    attach,
    paneSize,
    picture,
    view,
    isFitted: moved === undefined,
    change,
    fit,
    actual,
    zoom,
    onKeyDown,
  };
}
