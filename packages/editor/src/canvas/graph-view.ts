import type { Point } from "@diopter/engine/editing";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { ClassicPreset, NodeEditor } from "rete";
import { AreaPlugin, Drag } from "rete-area-plugin";
import { ConnectionPlugin } from "rete-connection-plugin";
import { type ReactArea2D, ReactPlugin } from "rete-react-plugin";
import { CanvasZoom } from "./canvas-zoom.js";
import { releaseWire } from "./held-wire.js";
import { interactionStore } from "./interaction.js";
import { NodeCard } from "./node-card.js";
import { sceneStore } from "./scene-store.js";
import type { AnnounceSocket, GraphSchemes } from "./schemes.js";
import { type Viewport, viewportStore, zoomLimits } from "./viewport.js";
import { nodesToMount } from "./visible-nodes.js";
import { WireFlow } from "./wire-flow.js";

type Signals = ReactArea2D<GraphSchemes>;

/** So many nodes are put on the page in one frame. */
const mostAtOnce = 4;
/** Milliseconds after which a pan counts as over. */
const landingTime = 200;

/** Which presses pan the canvas, and whether they still do. */
interface PanGuard {
  readonly canPan: (event: PointerEvent) => boolean;
  readonly isPanning: (event: PointerEvent) => boolean;
}

/**
 * The graph on the page, by Rete: it pans, zooms, holds the nodes' elements and follows the wire
 * that is being drawn. It shows the scene and owns nothing of it: nodes that are out of sight, or too
 * small to read, are not on the page at all.
 */
export class GraphView {
  readonly #editor = new NodeEditor<GraphSchemes>();
  readonly #area: AreaPlugin<GraphSchemes, Signals>;
  readonly #connection = new ConnectionPlugin<GraphSchemes, Signals>();
  readonly #mounted = new Set<string>();
  readonly #onChange: () => void;
  #work: Promise<unknown> = Promise.resolve();
  #stops: (() => void)[] = [];
  #request = 0;
  #landing: ReturnType<typeof setTimeout> | undefined;

  constructor(container: HTMLElement, pointer: PanGuard, onChange: () => void) {
    this.#onChange = onChange;
    this.#area = new AreaPlugin<GraphSchemes, Signals>(container);
    // The plugin hides what is beyond the edge, which a browser may still scroll to, away from the wires.
    container.style.overflow = "clip";
    const react = new ReactPlugin<GraphSchemes, Signals>({ createRoot });
    this.#editor.use(this.#area);
    this.#area.use(react);
    this.#area.use(this.#connection);
    this.#area.area.setZoomHandler(new CanvasZoom());
    this.#area.area.setDragHandler(new Drag({ down: pointer.canPan, move: pointer.isPanning }));
    this.#connection.addPreset(() => new WireFlow());
    react.addPreset<Signals>({
      render: (context) => {
        if (context.type !== "render" || context.data.type !== "node") return undefined;
        return createElement(NodeCard, {
          id: context.data.payload.id,
          announceSocket: this.announceSocket,
        });
      },
    });
    this.#area.addPipe((context) => {
      if (context.type === "zoom") {
        const [least, most] = zoomLimits;
        const zoom = Math.min(most, Math.max(least, context.data.zoom));
        return { ...context, data: { ...context.data, zoom } };
      }
      if (context.type === "translated") this.#lift();
      if (context.type === "zoomed") this.#settle();
      if (context.type === "translated" || context.type === "zoomed") this.#publish();
      return context;
    });
    this.#stops.push(sceneStore.subscribe(() => this.#refresh()));
    this.#stops.push(
      interactionStore.subscribe((state, before) => {
        if (state.moved !== before.moved) this.#place();
        if (state.focused !== before.focused) this.#refresh();
      }),
    );
  }

  /** Ids of the nodes that are on the page. */
  get mounted(): ReadonlySet<string> {
    return this.#mounted;
  }

  /** The element that pans and zooms; frames are drawn in it, below the nodes. */
  get holder(): HTMLElement {
    return this.#area.area.content.holder;
  }

  readonly announceSocket: AnnounceSocket = (element, { node, side, name }) => {
    const data = { type: "socket" as const, element, nodeId: node, side, key: name };
    void this.#area.emit({
      type: "render",
      data: { ...data, payload: new ClassicPreset.Socket(name), filled: true },
    });
    return () => void this.#area.emit({ type: "unmount", data: { element } });
  };

  /** The window onto the canvas has another size. */
  resize(width: number, height: number): void {
    viewportStore.setState({ width, height });
    this.#refresh();
  }

  /** Looks elsewhere. */
  look({ x, y, k }: Pick<Viewport, "x" | "y" | "k">): void {
    const { area } = this.#area;
    area.transform.k = k;
    void area.translate(x, y);
  }

  /** Lets go of the wire that the pointer holds. */
  dropWire(): void {
    releaseWire();
    this.#connection.drop();
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    cancelAnimationFrame(this.#request);
    this.#area.destroy();
  }

  /** While it is panned the graph is a layer of its own, which the browser moves without painting. */
  #lift(): void {
    if (this.#area.area.transform.k !== viewportStore.getState().k) {
      this.#settle();
      return;
    }
    this.holder.style.willChange = "transform";
    clearTimeout(this.#landing);
    this.#landing = setTimeout(() => this.#settle(), landingTime);
  }

  /** At rest, and at every new size, it is painted anew: a layer that grows would be blurred. */
  #settle(): void {
    clearTimeout(this.#landing);
    this.holder.style.willChange = "";
  }

  #publish(): void {
    const { x, y, k } = this.#area.area.transform;
    viewportStore.setState({ x, y, k });
    this.#refresh();
  }

  #refresh(): void {
    const wanted = nodesToMount(this.#mounted);
    for (const id of this.#mounted) if (!wanted.has(id)) this.#unmount(id);
    const missing = [...wanted].filter((id) => !this.#mounted.has(id));
    for (const id of missing.slice(0, mostAtOnce)) this.#mount(id);
    // The others are painted until their turn comes, so that no frame takes long.
    if (missing.length > mostAtOnce) this.#refreshSoon();
    this.#place();
    this.#onChange();
  }

  #refreshSoon(): void {
    if (this.#request !== 0) return;
    this.#request = requestAnimationFrame(() => {
      this.#request = 0;
      this.#refresh();
    });
  }

  #mount(id: string): void {
    this.#mounted.add(id);
    this.#work = this.#work.then(async () => {
      if (!this.#mounted.has(id) || this.#editor.getNode(id) !== undefined) return;
      const node = new ClassicPreset.Node(id);
      node.id = id;
      await this.#editor.addNode(node);
      // Rete would drag this node alone: the canvas drags all that are chosen.
      this.#area.nodeViews.get(id)?.dragHandler.destroy();
      this.#placeNode(id, positionOf(id));
    });
  }

  #unmount(id: string): void {
    this.#mounted.delete(id);
    this.#work = this.#work.then(async () => {
      if (this.#mounted.has(id) || this.#editor.getNode(id) === undefined) return;
      await this.#editor.removeNode(id);
    });
  }

  #place(): void {
    for (const id of this.#mounted) this.#placeNode(id, positionOf(id));
    this.#onChange();
  }

  #placeNode(id: string, position: Point | undefined): void {
    const view = this.#area.nodeViews.get(id);
    if (view === undefined || position === undefined) return;
    const [x, y] = position;
    if (view.position.x === x && view.position.y === y) return;
    view.position = { x, y };
    view.element.style.transform = `translate(${x}px, ${y}px)`;
  }
}

function positionOf(id: string): Point | undefined {
  return interactionStore.getState().moved.get(id) ?? sceneStore.getState().scene.positions.get(id);
}
