import type { Action } from "../shortcuts/registry.js";
import { selectionStore } from "../state/selection.js";
import { actionStrings as words } from "../strings/actions.js";
import { alignSelection, distributeSelection, nudgeSelection } from "./arrange.js";
import { arrangeNodes } from "./arrange-graph.js";
import { toggleChoosing } from "./choosing.js";
import { type Direction, extendSelection, moveFocus, stepThroughNodes } from "./focus.js";
import { recolourFrame } from "./move-frame.js";
import { resetWidth, resizeSelection } from "./node-width.js";
import { selectedPoint } from "./reroutes.js";
import { openSearch } from "./search/search-store.js";
import { frameSelection, hasNodes, hasSeveral } from "./selection-commands.js";
import { middleOfView, zoomBy, zoomTo, zoomToFit } from "./view-commands.js";

const steps: Readonly<Record<Direction, readonly [-1 | 0 | 1, -1 | 0 | 1]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};
const keys: Readonly<Record<Direction, string>> = {
  left: "ArrowLeft",
  right: "ArrowRight",
  up: "ArrowUp",
  down: "ArrowDown",
};
const focusLabels: Readonly<Record<Direction, string>> = {
  left: words.focusLeft,
  right: words.focusRight,
  up: words.focusUp,
  down: words.focusDown,
};
const sizeLabels: Readonly<Record<Direction, string>> = {
  left: words.narrower,
  right: words.wider,
  up: words.lower,
  down: words.taller,
};
const hasFrame = () => selectionStore.getState().frame !== undefined;
const hasMovable = () => hasNodes() || hasFrame() || selectedPoint() !== undefined;
const directions = ["left", "right", "up", "down"] as const;
const farther = 8;

const on = (id: string, label: string, run: () => void, key?: string): Action => ({
  id: `canvas.${id}`,
  label,
  group: "canvas",
  isCanvas: true,
  run,
  ...(key === undefined ? {} : { keys: [key] }),
});

/** Actions that look around on the canvas, add to it and put it in order. */
export const canvasActions: readonly Action[] = [
  {
    ...on("add", words.addNode, () => openSearch({ at: middleOfView(), isAnywhere: true })),
    keys: ["Space", "Shift+A"],
  },
  ...directions.map((way) => on(`focus.${way}`, focusLabels[way], () => moveFocus(way), keys[way])),
  on("next", words.nextNode, () => stepThroughNodes(1), "N"),
  on("previous", words.previousNode, () => stepThroughNodes(-1), "Shift+N"),
  ...directions.map((way) =>
    on(
      `extend.${way}`,
      words.extend(words.ways[way]),
      () => extendSelection(way),
      `Mod+${keys[way]}`,
    ),
  ),
  ...directions.map((way): Action => {
    const [dx, dy] = steps[way];
    return {
      ...on(
        `size.${way}`,
        sizeLabels[way],
        () => resizeSelection(dx, dy),
        `Mod+Shift+${keys[way]}`,
      ),
      isEnabled: dx === 0 ? hasFrame : () => hasNodes() || hasFrame(),
    };
  }),
  {
    ...on("usualWidth", words.usualWidth, () => resetWidth(selectionStore.getState().nodes)),
    isEnabled: hasNodes,
  },
  {
    ...on("frameColour", words.frameColour, () => {
      const { frame } = selectionStore.getState();
      if (frame !== undefined) recolourFrame(frame);
    }),
    isEnabled: hasFrame,
  },
  ...directions.map((way): Action => {
    const [dx, dy] = steps[way];
    return {
      ...on(
        `move.${way}`,
        words.move(words.ways[way]),
        () => nudgeSelection(dx, dy),
        `Shift+${keys[way]}`,
      ),
      isEnabled: hasMovable,
    };
  }),
  ...directions.map((way): Action => {
    const [dx, dy] = steps[way];
    return {
      ...on(
        `far.${way}`,
        `${words.move(words.ways[way])} ×${farther}`,
        () => nudgeSelection(farther * dx, farther * dy),
        `Alt+Shift+${keys[way]}`,
      ),
      isEnabled: hasMovable,
    };
  }),
  { ...on("choose", words.choose, toggleChoosing), keys: ["S"] },
  { ...on("fit", words.fit, () => zoomToFit()), keys: ["F"] },
  { ...on("zoomIn", words.zoomIn, () => zoomBy(1.25)), keys: ["Plus", "="] },
  { ...on("zoomOut", words.zoomOut, () => zoomBy(1 / 1.25)), keys: ["-"] },
  { ...on("zoomActual", words.zoomActual, () => zoomTo(1)), keys: ["1"] },
  { ...on("arrange", words.arrange, () => void arrangeNodes()), keys: ["L"] },
  { ...on("frame", words.addFrame, frameSelection), keys: ["G"], isEnabled: hasNodes },
  ...(
    [
      ["alignLeft", "left"],
      ["alignCentre", "centre"],
      ["alignRight", "right"],
      ["alignTop", "top"],
      ["alignMiddle", "middle"],
      ["alignBottom", "bottom"],
    ] as const
  ).map(
    ([id, edge]): Action => ({
      ...on(id, words[id], () => alignSelection(edge)),
      isEnabled: hasSeveral,
    }),
  ),
  {
    ...on("distributeX", words.distributeX, () => distributeSelection("x")),
    isEnabled: hasSeveral,
  },
  {
    ...on("distributeY", words.distributeY, () => distributeSelection("y")),
    isEnabled: hasSeveral,
  },
];
