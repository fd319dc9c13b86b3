import type { TilesPreview } from "@diopter/server/protocol";
import { expect, it } from "vitest";
import {
  categoriesOf,
  drawnBox,
  firstTimestep,
  lastStep,
  neighbour,
  stateAt,
} from "./tile-times.js";

const step = (from: number, to: number, category = "") => ({ from, to, category });

const preview: TilesPreview = {
  item: 0,
  layout: {
    width: 96,
    height: 64,
    tileWidth: 64,
    tileHeight: 64,
    overlap: 32,
    origins: [
      { x: 0, y: 0 },
      { x: 32, y: 0 },
    ],
  },
  tiles: [
    { steps: [step(1000, 700, "growing"), step(700, 0, "calm")], finished: true },
    { steps: [step(1000, 900, "growing")], finished: false },
  ],
};

const [first, second] = preview.tiles;

it("tells where each tile stands after a number of steps", () => {
  if (first === undefined || second === undefined) throw new Error("two tiles are expected");
  expect(stateAt(first, 0)).toMatchObject({ status: "waiting", timestep: 1000 });
  expect(stateAt(first, 1)).toMatchObject({
    status: "running",
    timestep: 700,
    category: "growing",
  });
  expect(stateAt(first, 2)).toMatchObject({ status: "finished", timestep: 0, category: "calm" });
  expect(stateAt(second, 2)).toMatchObject({ status: "running", timestep: 900 });
  expect(stateAt({ steps: [], finished: false }, 3)).toMatchObject({
    status: "waiting",
    timestep: undefined,
  });
});

it("knows the ends of the time line and the categories", () => {
  expect([lastStep(preview), firstTimestep(preview)]).toEqual([2, 1000]);
  expect(categoriesOf(preview)).toEqual(["growing", "calm"]);
});

it("draws tiles side by side: neighbours share their overlap", () => {
  expect(drawnBox(preview, 0)).toEqual({ x: 0, y: 0, width: 48, height: 64 });
  expect(drawnBox(preview, 1)).toEqual({ x: 48, y: 0, width: 48, height: 64 });
});

it("covers the whole picture without a gap", () => {
  const starts = [0, 40, 80, 96];
  const layout = {
    width: 160,
    height: 64,
    tileWidth: 64,
    tileHeight: 64,
    overlap: 24,
    origins: starts.map((x) => ({ x, y: 0 })),
  };
  const boxes = starts.map((_, index) => drawnBox({ ...preview, layout }, index));
  for (const [index, box] of boxes.entries()) {
    expect(box.x).toBe(
      index === 0 ? 0 : (boxes[index - 1]?.x ?? 0) + (boxes[index - 1]?.width ?? 0),
    );
  }
  expect((boxes.at(-1)?.x ?? 0) + (boxes.at(-1)?.width ?? 0)).toBe(160);
});

it("moves to the nearest tile in a direction, and stays at the border", () => {
  const origins = [0, 32].flatMap((y) => [0, 32, 64].map((x) => ({ x, y })));
  const tiles = { ...preview, layout: { ...preview.layout, origins } };
  expect(neighbour(tiles, 0, "ArrowRight")).toBe(1);
  expect(neighbour(tiles, 1, "ArrowDown")).toBe(4);
  expect(neighbour(tiles, 4, "ArrowLeft")).toBe(3);
  expect(neighbour(tiles, 5, "ArrowUp")).toBe(2);
  expect(neighbour(tiles, 2, "ArrowRight")).toBe(2);
});
