import { type PointerEvent, useEffect, useRef } from "react";
import { useStore } from "zustand";
import { canvasStrings } from "../strings/canvas.js";
import { readColours } from "./painter.js";
import { sceneStore } from "./scene-store.js";
import { lookAt } from "./view-commands.js";
import { seenBounds, viewportStore } from "./viewport.js";
import { type Bounds, boundsOf } from "./wire-path.js";

const size = { width: 176, height: 112 };
const margin = 6;
/** In a smaller window the overview would cover too much of what it is an overview of. */
const leastRoom = { width: 640, height: 420 };

/** The whole graph in little; a press looks there. Keys have zoom to fit and the arrow keys. */
export function Minimap() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scene = useStore(sceneStore, (state) => state.scene);
  const viewport = useStore(viewportStore);
  const whole = wholeBounds(scene);
  useEffect(() => {
    const request = requestAnimationFrame(() => {
      const context = canvas.current?.getContext("2d");
      if (context === null || context === undefined) return;
      const { scale, left, top } = fit(whole);
      const colours = readColours(document.documentElement);
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, size.width * 2, size.height * 2);
      context.setTransform(2 * scale, 0, 0, 2 * scale, 2 * left, 2 * top);
      context.fillStyle = colours.border;
      for (const [id, node] of scene.nodes) {
        const [x, y] = scene.positions.get(id) ?? [0, 0];
        context.fillRect(x, y, node.shape.width, node.shape.height);
      }
      const seen = seenBounds(viewport);
      context.strokeStyle = colours.accent;
      context.lineWidth = 1.5 / scale;
      context.strokeRect(seen.x, seen.y, seen.width, seen.height);
    });
    return () => cancelAnimationFrame(request);
  }, [scene, viewport, whole]);
  const look = (event: PointerEvent) => {
    if (event.buttons !== 1) return;
    const { left: x, top: y } = event.currentTarget.getBoundingClientRect();
    const { scale, left, top } = fit(whole);
    lookAt([(event.clientX - x - left) / scale, (event.clientY - y - top) / scale]);
  };
  const isCramped = viewport.height < leastRoom.height || viewport.width < leastRoom.width;
  if (scene.nodes.size === 0 || isCramped) return null;
  return (
    <canvas
      ref={canvas}
      className="minimap over-canvas"
      width={size.width * 2}
      height={size.height * 2}
      role="img"
      aria-label={canvasStrings.minimap}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        look(event);
      }}
      onPointerMove={look}
    />
  );
}

function wholeBounds({
  nodes,
  positions,
}: ReturnType<typeof sceneStore.getState>["scene"]): Bounds {
  return boundsOf(
    [...nodes].map(([id, { shape }]) => {
      const [x, y] = positions.get(id) ?? [0, 0];
      return { x, y, width: shape.width, height: shape.height };
    }),
  );
}

function fit(whole: Bounds) {
  const scale = Math.min(
    (size.width - 2 * margin) / Math.max(whole.width, 600),
    (size.height - 2 * margin) / Math.max(whole.height, 400),
  );
  return {
    scale,
    left: size.width / 2 - (whole.x + whole.width / 2) * scale,
    top: size.height / 2 - (whole.y + whole.height / 2) * scale,
  };
}
