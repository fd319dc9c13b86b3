import { type Point, type SocketType, socketTypes } from "@diopter/engine/editing";
import { drawnWire } from "./drawn-wires.js";
import type { Scene, SceneNode, SceneWire } from "./scene.js";
import type { SelectionMark } from "./selection-marks.js";
import { seenBounds, type Viewport } from "./viewport.js";
import { type Bounds, type Curve, overlap } from "./wire-path.js";

/** Colours of the theme that a canvas cannot read from the style sheet by itself. */
export interface PaintColours {
  readonly surface: string;
  readonly header: string;
  readonly border: string;
  readonly text: string;
  readonly accent: string;
  readonly neutral: string;
  /** Of wires that do not fit. */
  readonly danger: string;
  /** How much black the colours of sockets are mixed with, 0 to 1. */
  readonly shade: number;
}

/** What is painted. */
export interface Painting {
  readonly scene: Scene;
  readonly positions: ReadonlyMap<string, Point>;
  readonly viewport: Viewport;
  readonly colours: PaintColours;
  /** Nodes that are on the page: the others are painted as boxes. */
  readonly mounted: ReadonlySet<string>;
  readonly marks: ReadonlyMap<string, SelectionMark>;
  readonly selectedWire: string | undefined;
  /** The chosen reroute point of that wire. */
  readonly selectedPoint: number | undefined;
  readonly markedWire: string | undefined;
  /** Wires that are not painted: the one that was picked up. */
  readonly hiddenWire: string | undefined;
  readonly held:
    | { readonly path: readonly Curve[]; readonly socket: SocketType | undefined }
    | undefined;
  readonly frames: readonly (Bounds & { readonly fill: string })[];
  readonly ratio: number;
}

/** Below this zoom titles cannot be read. */
const farZoom = 0.22;

/** Paints wires, and nodes that are too small to be worth a place on the page. */
export function paint(context: CanvasRenderingContext2D, painting: Painting): void {
  const { viewport, ratio, held } = painting;
  const { x, y, k, width, height } = viewport;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width * ratio, height * ratio);
  context.setTransform(k * ratio, 0, 0, k * ratio, x * ratio, y * ratio);
  const seen = seenBounds(viewport, 40);
  paintFrames(context, painting);
  paintWires(context, painting, seen);
  paintBoxes(context, painting, seen);
  if (held !== undefined) {
    stroke(context, held.path, colourOf(painting, held.socket), 2.5 / Math.min(1, k));
  }
}

function paintFrames(context: CanvasRenderingContext2D, { frames, viewport }: Painting): void {
  for (const { x, y, width, height, fill } of frames) {
    context.beginPath();
    context.roundRect(x, y, width, height, 12);
    context.fillStyle = fill;
    context.globalAlpha = 0.13;
    context.fill();
    context.globalAlpha = 0.6;
    context.strokeStyle = fill;
    context.lineWidth = 1 / Math.min(1, viewport.k);
    context.stroke();
    context.globalAlpha = 1;
  }
}

function paintWires(context: CanvasRenderingContext2D, painting: Painting, seen: Bounds): void {
  const { scene, viewport, selectedWire, markedWire, hiddenWire, colours } = painting;
  const thickness = Math.max(1.1 / viewport.k, 2);
  const kept = keptGroups(painting);
  const byColour = new Map<string, Path2D>(kept);
  for (const wire of kept === undefined ? scene.wires : []) {
    if (wire.key === hiddenWire) continue;
    const drawn = drawnWire(scene, wire, painting.positions);
    if (drawn === undefined || !overlap(drawn.bounds, seen)) continue;
    const colour = wireColour(painting, wire);
    const style = styleOf(scene, wire, colour);
    if (wire.key === selectedWire || wire.key === markedWire) {
      stroke(context, drawn.path, colours.accent, thickness * 2.6);
    }
    const group = byColour.get(style) ?? new Path2D();
    drawn.line ??= lineOf(drawn.path);
    group.addPath(drawn.line);
    byColour.set(style, group);
    if (viewport.k > 0.35) paintReroutes(context, painting, wire, colour);
  }
  strokeGroups(context, byColour, thickness, colours.danger);
}

function strokeGroups(
  context: CanvasRenderingContext2D,
  byColour: ReadonlyMap<string, Path2D>,
  thickness: number,
  danger: string,
): void {
  context.lineWidth = thickness;
  context.lineCap = "round";
  for (const [style, group] of byColour) {
    const colour = style.replace(idle, "");
    context.globalAlpha = colour === style ? 1 : 0.35;
    // Broken wires are told apart without their colour too.
    if (colour === danger) context.setLineDash([thickness * 3, thickness * 3]);
    context.strokeStyle = colour;
    context.stroke(group);
    context.setLineDash([]);
  }
  context.globalAlpha = 1;
}

/** Stands before the colour of wires that carry nothing. */
const idle = "idle ";

const styleOf = (scene: Scene, wire: SceneWire, colour: string): string =>
  isIdle(scene, wire) ? `${idle}${colour}` : colour;

/** Whether one of a wire's ends is muted, so that nothing goes through it. */
function isIdle({ nodes }: Scene, { from, to }: SceneWire): boolean {
  return [from.node, to.node].some((id) => nodes.get(id)?.node.mode === "muted");
}

const farGroups = new WeakMap<Scene, { shade: number; groups: ReadonlyMap<string, Path2D> }>();

/** Seen from afar nearly all wires are in sight: their lines are put together once for a scene. */
function keptGroups(painting: Painting): ReadonlyMap<string, Path2D> | undefined {
  const { scene, viewport, positions, hiddenWire, selectedWire, markedWire, colours } = painting;
  const isPlain = (hiddenWire ?? selectedWire ?? markedWire) === undefined;
  if (viewport.k > farZoom || positions !== scene.positions || !isPlain) return undefined;
  const kept = farGroups.get(scene);
  if (kept?.shade === colours.shade) return kept.groups;
  const groups = new Map<string, Path2D>();
  for (const wire of scene.wires) {
    const drawn = drawnWire(scene, wire);
    if (drawn === undefined) continue;
    const colour = wireColour(painting, wire);
    const style = styleOf(scene, wire, colour);
    const group = groups.get(style) ?? new Path2D();
    addTo(group, drawn.path);
    groups.set(style, group);
  }
  farGroups.set(scene, { shade: colours.shade, groups });
  return groups;
}

function paintReroutes(
  context: CanvasRenderingContext2D,
  { selectedWire, selectedPoint, colours }: Painting,
  wire: SceneWire,
  colour: string,
): void {
  const isSelected = wire.key === selectedWire;
  for (const [index, [x, y]] of wire.points.entries()) {
    context.beginPath();
    context.arc(x, y, isSelected ? 7 : 5.5, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
    if (!isSelected || index !== selectedPoint) continue;
    context.strokeStyle = colours.accent;
    context.lineWidth = 3;
    context.stroke();
  }
}

function paintBoxes(context: CanvasRenderingContext2D, painting: Painting, seen: Bounds): void {
  const { scene, positions, mounted, colours, marks, viewport } = painting;
  const isFar = viewport.k <= farZoom;
  for (const [id, node] of scene.nodes) {
    if (mounted.has(id)) continue;
    const [x, y] = positions.get(id) ?? [0, 0];
    const { width, height } = node.shape;
    if (!overlap({ x, y, width, height }, seen)) continue;
    const isOff = node.node.mode !== undefined;
    context.fillStyle = colours.surface;
    context.beginPath();
    // Round corners cost much and would not be seen from afar.
    if (isFar) context.rect(x, y, width, height);
    else context.roundRect(x, y, width, height, 8);
    context.fill();
    const mark = marks.get(id);
    context.strokeStyle = markColour(painting, mark);
    if (isOff) context.setLineDash([8, 5]);
    context.lineWidth = (mark === undefined ? 1 : 2.5) / Math.min(1, viewport.k);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = isOff ? colours.neutral : headerColour(painting, node);
    context.fillRect(x + 1, y + 1, width - 2, 8);
    const ink = isOff ? colours.neutral : colours.text;
    if (!isFar) paintTitle(context, node.title, x, y, width, ink);
  }
}

function markColour({ colours }: Painting, mark: SelectionMark | undefined): string {
  if (mark === undefined) return colours.border;
  return mark.name === undefined ? mark.colour : darken(mark.colour, colours.shade);
}

function paintTitle(
  context: CanvasRenderingContext2D,
  title: string,
  x: number,
  y: number,
  width: number,
  colour: string,
): void {
  context.fillStyle = colour;
  context.font = "600 22px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.fillText(title, x + 12, y + 32, width - 24);
}

/** A node's colour: its first output's, or that of its first input. */
export function leadSocket(node: SceneNode): SocketType | undefined {
  return node.ports.outputs[0]?.socket ?? node.ports.inputs[0]?.socket;
}

function headerColour(painting: Painting, node: SceneNode): string {
  return colourOf(painting, leadSocket(node));
}

function wireColour(painting: Painting, { fault, socket }: SceneWire): string {
  return fault === undefined ? colourOf(painting, socket) : painting.colours.danger;
}

function colourOf({ colours }: Painting, socket: SocketType | undefined): string {
  return socket === undefined ? colours.neutral : darken(socketTypes[socket].colour, colours.shade);
}

function lineOf(path: readonly Curve[]): Path2D {
  const line = new Path2D();
  addTo(line, path);
  return line;
}

function stroke(
  context: CanvasRenderingContext2D,
  path: readonly Curve[],
  colour: string,
  thickness: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = thickness;
  context.lineCap = "round";
  context.stroke(lineOf(path));
}

function addTo(group: Path2D, path: readonly Curve[]): void {
  for (const { start, first, second, end } of path) {
    group.moveTo(start[0], start[1]);
    group.bezierCurveTo(first[0], first[1], second[0], second[1], end[0], end[1]);
  }
}

/** The theme's colours, read from the page. */
export function readColours(element: HTMLElement): PaintColours {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const shade = Number.parseFloat(read("--socket-shade")) / 100 || 0;
  return {
    surface: read("--surface-2"),
    header: read("--surface-3"),
    border: read("--border-strong"),
    text: read("--text"),
    accent: read("--accent-line"),
    neutral: read("--text-faint"),
    danger: read("--danger"),
    shade,
  };
}

/** A colour mixed with black: pastel sockets are too pale on a light canvas. */
export function darken(colour: string, share: number): string {
  const parts = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
  return `rgb(${parts.map((part) => Math.round(part * (1 - share))).join(" ")})`;
}
