import { documentStore } from "../state/documents.js";
import { presenceStore } from "../state/presence.js";
import { selectionStore } from "../state/selection.js";
import { frameColours } from "./frame-colours.js";
import { interactionStore } from "./interaction.js";
import { type PaintColours, type Painting, paint, readColours } from "./painter.js";
import { socketPlace } from "./scene.js";
import { livePositions } from "./scene-hits.js";
import { sceneStore } from "./scene-store.js";
import { socketOf } from "./search/add-node.js";
import { searchStore } from "./search/search-store.js";
import { selectionMarks } from "./selection-marks.js";
import { viewportStore } from "./viewport.js";
import { wirePath } from "./wire-path.js";

/** Paints the layer of wires, frames and distant nodes once a frame, when something changed. */
export class CanvasPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #mounted: () => ReadonlySet<string>;
  #colours: PaintColours | undefined;
  #request = 0;
  #isMarked = false;
  #stops: (() => void)[];

  constructor(canvas: HTMLCanvasElement, mounted: () => ReadonlySet<string>) {
    this.#canvas = canvas;
    this.#mounted = mounted;
    this.#stops = [
      sceneStore,
      viewportStore,
      interactionStore,
      selectionStore,
      presenceStore,
      searchStore,
    ].map((store) => store.subscribe(this.schedule));
    const observer = new MutationObserver(() => {
      this.#colours = undefined;
      this.schedule();
    });
    observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.#stops.push(() => observer.disconnect());
  }

  readonly schedule = (): void => {
    if (this.#request === 0) this.#request = requestAnimationFrame(this.#paint);
  };

  destroy(): void {
    cancelAnimationFrame(this.#request);
    for (const stop of this.#stops) stop();
  }

  /** For measuring: when a graph was first seen. */
  #markFirst(): void {
    if (!this.#isMarked) performance.mark("graph-painted");
    this.#isMarked = true;
  }

  readonly #paint = (): void => {
    this.#request = 0;
    const context = this.#canvas.getContext("2d");
    if (context === null) return;
    const viewport = viewportStore.getState();
    const ratio = window.devicePixelRatio;
    const [width, height] = [
      Math.round(viewport.width * ratio),
      Math.round(viewport.height * ratio),
    ];
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    this.#colours ??= readColours(document.documentElement);
    if (sceneStore.getState().scene.nodes.size > 0) this.#markFirst();
    const { wire } = selectionStore.getState();
    const { held, marked } = interactionStore.getState();
    paint(context, {
      scene: sceneStore.getState().scene,
      positions: livePositions(),
      viewport,
      ratio,
      colours: this.#colours,
      frames: Object.values(documentStore.getState().document.view.frames).map((frame) => ({
        ...frame,
        fill: frameColours[frame.colour] ?? frame.colour,
      })),
      mounted: this.#mounted(),
      marks: selectionMarks(this.#colours.accent),
      selectedWire: wire === undefined ? undefined : `${wire.node}.${wire.input}.${wire.index}`,
      selectedPoint: wire?.point,
      markedWire: marked,
      hiddenWire: hiddenWire(held?.pickedUp),
      held: heldPath(),
    });
  };
}

function hiddenWire(
  wire: { readonly node: string; readonly input: string; readonly index: number } | undefined,
): string | undefined {
  return wire === undefined ? undefined : `${wire.node}.${wire.input}.${wire.index}`;
}

/** The wire in hand: to the pointer, or to where the menu of nodes was opened for it. */
function heldPath(): Painting["held"] {
  const { held, pointer } = interactionStore.getState();
  const request = searchStore.getState().request;
  const from = held?.from ?? request?.wire;
  if (from === undefined) return undefined;
  const { scene } = sceneStore.getState();
  const side = from.side === "output" ? "outputs" : "inputs";
  const start = socketPlace(scene, from.node, side, from.name, livePositions());
  if (start === undefined) return undefined;
  const end = request === undefined ? pointer : request.at;
  const path = from.side === "output" ? wirePath(start, end) : wirePath(end, start);
  return { path, socket: socketOf(from) };
}
