import type { Point } from "@diopter/engine/editing";
import { dispatch } from "../state/documents.js";
import { announce } from "../state/notices.js";
import { selectionStore, selectWire } from "../state/selection.js";
import { canvasStrings } from "../strings/canvas.js";
import { drawnWire } from "./drawn-wires.js";
import type { SceneWire } from "./scene.js";
import { sceneStore } from "./scene-store.js";
import { pointOn } from "./wire-path.js";

/** The chosen wire, if it is still there. */
export function selectedWire(): SceneWire | undefined {
  const { wire } = selectionStore.getState();
  if (wire === undefined) return undefined;
  const key = `${wire.node}.${wire.input}.${wire.index}`;
  return sceneStore.getState().scene.wires.find((one) => one.key === key);
}

/** The chosen reroute point of the chosen wire. */
export function selectedPoint(): { readonly wire: SceneWire; readonly index: number } | undefined {
  const index = selectionStore.getState().wire?.point;
  const wire = index === undefined ? undefined : selectedWire();
  const isThere = wire !== undefined && index !== undefined && index < wire.points.length;
  return isThere ? { wire, index } : undefined;
}

/** Leads a wire through one more point: in the middle of its longest piece, or at a place of one. */
export function addReroute(
  wire: SceneWire,
  where?: { readonly at: Point; readonly piece: number },
) {
  const place = where ?? middleOfLongest(wire);
  if (place === undefined) return;
  const { at, piece } = place;
  const points = wire.points.toSpliced(piece, 0, [Math.round(at[0]), Math.round(at[1])]);
  if (setPoints(wire, points)) choosePoint(wire, piece);
}

/** Takes one point of a wire away. */
export function removeReroute(wire: SceneWire, index: number): void {
  if (setPoints(wire, wire.points.toSpliced(index, 1))) selectWire(placeOf(wire));
}

/** Takes all points of the chosen wire away. */
export function straightenSelectedWire(): void {
  const wire = selectedWire();
  if (wire !== undefined) setPoints(wire, []);
}

/** Moves the chosen point. Calls in a row are one step of undo. */
export function nudgeReroute(dx: number, dy: number): void {
  const chosen = selectedPoint();
  if (chosen === undefined) return;
  const { wire, index } = chosen;
  const points = wire.points.map(
    ([x, y], place): Point => (place === index ? [x + dx, y + dy] : [x, y]),
  );
  setPoints(wire, points, `nudge ${wire.rerouteKey} ${index}`);
}

/** Chooses the next point of the chosen wire, from its output on, and then the first one again. */
export function chooseNextPoint(): void {
  const wire = selectedWire();
  if (wire === undefined || wire.points.length === 0) return;
  const before = selectionStore.getState().wire?.point ?? -1;
  const index = (before + 1) % wire.points.length;
  choosePoint(wire, index);
  announce(canvasStrings.pointChosen(index + 1, wire.points.length));
}

function choosePoint(wire: SceneWire, point: number): void {
  selectWire({ ...placeOf(wire), point });
}

const placeOf = ({ to, index }: SceneWire) => ({ node: to.node, input: to.input, index });

function setPoints(wire: SceneWire, points: readonly Point[], key?: string): boolean {
  return dispatch(
    {
      kind: "set-reroutes",
      wire: wire.rerouteKey,
      points: points.map(([x, y]): [number, number] => [x, y]),
    },
    key === undefined ? {} : { key },
  );
}

function middleOfLongest(wire: SceneWire) {
  const path = drawnWire(sceneStore.getState().scene, wire)?.path ?? [];
  let longest: { readonly at: Point; readonly piece: number; readonly length: number } | undefined;
  for (const [piece, curve] of path.entries()) {
    const { start, end } = curve;
    const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
    if (length > (longest?.length ?? -1)) longest = { at: pointOn(curve, 0.5), piece, length };
  }
  return longest;
}
