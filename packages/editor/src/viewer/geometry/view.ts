/** A point or a size, in pixels of the screen or of a picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * What part of a picture a pane shows: a picture's point p appears at `scale · p + (x, y)`,
 * measured from the pane's left and top border.
 */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** Magnifications that can be reached. */
export const scaleLimits = { smallest: 1 / 64, largest: 64 } as const;

/** From here on a pixel is drawn as a crisp square: one wants to see it. */
export const crispScale = 2;

/** Screen to picture. */
export function toPicture(view: View, point: Point): Point {
  return { x: (point.x - view.x) / view.scale, y: (point.y - view.y) / view.scale };
}

/** Picture to screen. */
export function toScreen(view: View, point: Point): Point {
  return { x: point.x * view.scale + view.x, y: point.y * view.scale + view.y };
}

/** Magnifies by `factor`; what lies under `anchor`, a point of the screen, stays there. */
export function zoomAt(view: View, anchor: Point, factor: number): View {
  return withScale(view, anchor, view.scale * factor);
}

/** Magnifies to `scale`; what lies under `anchor` stays there. */
export function withScale(view: View, anchor: Point, wanted: number): View {
  const scale = Math.min(Math.max(wanted, scaleLimits.smallest), scaleLimits.largest);
  const under = toPicture(view, anchor);
  return { scale, x: anchor.x - under.x * scale, y: anchor.y - under.y * scale };
}

export function pan(view: View, by: Point): View {
  return { scale: view.scale, x: view.x + by.x, y: view.y + by.y };
}

/** Two fingers move: the points of the picture beneath them stay beneath them. */
export function pinch(
  view: View,
  before: readonly [Point, Point],
  after: readonly [Point, Point],
): View {
  const distance = (points: readonly [Point, Point]) =>
    Math.hypot(points[0].x - points[1].x, points[0].y - points[1].y);
  const middle = ([a, b]: readonly [Point, Point]) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const [from, to] = [middle(before), middle(after)];
  const moved = pan(view, { x: to.x - from.x, y: to.y - from.y });
  const apart = distance(before);
  return apart === 0 ? moved : zoomAt(moved, to, distance(after) / apart);
}

/** The whole picture, centred and as large as the pane allows. */
export function fitView(picture: Size, pane: Size, margin = 0): View {
  const room = {
    width: Math.max(1, pane.width - 2 * margin),
    height: Math.max(1, pane.height - 2 * margin),
  };
  const scale = Math.min(room.width / picture.width, room.height / picture.height);
  return centred(picture, pane, Math.max(scale, scaleLimits.smallest));
}

/** The picture's middle in the pane's middle. */
export function centred(picture: Size, pane: Size, scale: number): View {
  return {
    scale,
    x: (pane.width - picture.width * scale) / 2,
    y: (pane.height - picture.height * scale) / 2,
  };
}

/** Keeps at least `visible` pixels of the picture, or all of it, inside the pane. */
export function contain(view: View, picture: Size, pane: Size, visible = 48): View {
  const axis = (offset: number, length: number, room: number) => {
    const shown = Math.min(visible, length, room);
    return Math.min(Math.max(offset, shown - length), room - shown);
  };
  return {
    scale: view.scale,
    x: axis(view.x, picture.width * view.scale, pane.width),
    y: axis(view.y, picture.height * view.scale, pane.height),
  };
}

/** The factor of one wheel event: trackpads send many small ones, wheels few large ones. */
export function wheelFactor(event: {
  readonly deltaY: number;
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
}): number {
  const perUnit = [1, 16, 400][event.deltaMode] ?? 1;
  // A pinch on a trackpad arrives as a wheel event with Ctrl and much smaller deltas.
  const strength = event.ctrlKey && event.deltaMode === 0 ? 0.01 : 0.0015;
  const exponent = Math.min(Math.max(event.deltaY * perUnit * strength, -1), 1);
  return Math.exp(-exponent);
}
