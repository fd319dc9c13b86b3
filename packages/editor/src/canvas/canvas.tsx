import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useStore } from "zustand";
import { Cursors } from "../presence/cursors.js";
import { canvasStrings as words } from "../strings/canvas.js";
import { boxOf } from "./box.js";
import { CanvasMenu } from "./canvas-menu.js";
import { CanvasPainter } from "./canvas-painter.js";
import { EmptyCanvas } from "./empty-canvas.js";
import { CanvasFingers } from "./fingers.js";
import { Frames } from "./frames.js";
import { GraphView } from "./graph-view.js";
import { interactionStore } from "./interaction.js";
import { Minimap } from "./minimap.js";
import { CanvasPointer } from "./pointer.js";
import { SearchMenu } from "./search/search-menu.js";
import { SocketMagnet } from "./socket-magnet.js";
import { SocketMenu } from "./socket-menu.js";
import { setCurrentView } from "./view-commands.js";
import { toWindow, viewportStore } from "./viewport.js";
import { ZoomControl } from "./zoom-control.js";

/** The canvas: the graph, and all that is laid over it. */
export function Canvas() {
  const container = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLCanvasElement>(null);
  const [holder, setHolder] = useState<HTMLElement>();
  useEffect(() => {
    if (container.current === null || layer.current === null) return undefined;
    return buildCanvas(container.current, layer.current, setHolder);
  }, []);
  return (
    <div
      ref={container}
      className="canvas"
      role="application"
      aria-roledescription={words.graphRole}
      aria-label={words.graph}
      aria-description={words.graphHelp}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys of the canvas work in it.
      tabIndex={0}
    >
      <canvas ref={layer} className="wires" />
      {holder === undefined ? null : createPortal(<Frames />, holder)}
      <SelectionBox />
      <RestingFinger />
      <Cursors />
      <EmptyCanvas />
      <Minimap />
      <ZoomControl />
      <SearchMenu />
      <SocketMenu />
      <CanvasMenu container={container} />
    </div>
  );
}

function buildCanvas(
  container: HTMLElement,
  layer: HTMLCanvasElement,
  setHolder: (holder: HTMLElement) => void,
): () => void {
  // In this order: two fingers concern nobody else, and sockets are found before they are pressed.
  const fingers = new CanvasFingers(container, (look) => view.look(look));
  const magnet = new SocketMagnet(container);
  const pointer = new CanvasPointer(container);
  const painting: { painter?: CanvasPainter } = {};
  const view = new GraphView(container, pointer, () => painting.painter?.schedule());
  const painter = new CanvasPainter(layer, () => view.mounted);
  painting.painter = painter;
  setCurrentView(view);
  // The graph lies above its wires and below all that is laid over the canvas.
  layer.after(view.holder);
  const frames = document.createElement("div");
  view.holder.prepend(frames);
  setHolder(frames);
  const follow = () => {
    const { x, y, k } = viewportStore.getState();
    const step = 24 * k * (k < 0.5 ? 4 : 1);
    container.style.backgroundSize = `${step}px ${step}px`;
    container.style.backgroundPosition = `${x}px ${y}px`;
  };
  const stop = viewportStore.subscribe(follow);
  const observer = new ResizeObserver(() =>
    view.resize(container.clientWidth, container.clientHeight),
  );
  observer.observe(container);
  view.resize(container.clientWidth, container.clientHeight);
  return () => {
    observer.disconnect();
    stop();
    setCurrentView(undefined);
    painter.destroy();
    view.destroy();
    pointer.destroy();
    magnet.destroy();
    fingers.destroy();
  };
}

function SelectionBox() {
  const box = useStore(interactionStore, (state) => state.box);
  const viewport = useStore(viewportStore);
  if (box === undefined) return null;
  const [left, top] = toWindow(viewport, box.from);
  const [right, bottom] = toWindow(viewport, box.to);
  const { x, y, width, height } = boxOf([left, top], [right, bottom]);
  return <div className="selection-box" style={{ left: x, top: y, width, height }} />;
}

/** Shows under a finger that it has rested long enough: lifted it opens the menu, moved it draws. */
function RestingFinger() {
  const rested = useStore(interactionStore, (state) => state.rested);
  const viewport = useStore(viewportStore);
  if (rested === undefined) return null;
  const [left, top] = toWindow(viewport, rested);
  return <div className="resting-finger" style={{ left, top }} />;
}
