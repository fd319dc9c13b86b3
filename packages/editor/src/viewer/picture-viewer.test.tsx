// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import type { ViewerPicture } from "../state/index.js";
import type { Analyst } from "./analysis/analyst.js";
import { AnalystContext } from "./analysis/page-analyst.js";
import { PictureViewer } from "./picture-viewer.js";

const pane = { width: 424, height: 324 };

beforeAll(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(pane.width);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(pane.height);
});
afterAll(() => vi.restoreAllMocks());
// A busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 });
afterEach(cleanup);

const before: ViewerPicture = { key: "a", label: "before.png", url: "/a", width: 200, height: 150 };
const after: ViewerPicture = { key: "b", label: "after.png", url: "/b", width: 400, height: 300 };

const asked: string[] = [];
const analyst: Analyst = {
  histogram: () => new Promise(() => undefined),
  heatMap: () => new Promise(() => undefined),
  pixel: async (url, x, y) => {
    asked.push(`${url} ${x} ${y}`);
    return [1, 22, 203, 255];
  },
  distance: async () => ({ psnr: 31.256, meanAbsolute: 2, largest: 40, changed: 0.5 }),
  difference: async () => ({ width: 1, height: 1, data: new Uint8ClampedArray(4) }),
};

const show = (...pictures: readonly ViewerPicture[]) =>
  render(
    <AnalystContext value={analyst}>
      <PictureViewer pictures={pictures} />
    </AnalystContext>,
  );

const scale = () => document.querySelector(".scale")?.textContent;
const picturePane = () => screen.getByRole("group", { name: /^Picture/ });
const placed = () => document.querySelector("img")?.style.transform;

it("fits, magnifies and moves by keys", () => {
  show(after);
  expect(scale()).toBe("100 %");
  expect(placed()).toBe("translate(12px, 12px)");
  fireEvent.keyDown(picturePane(), { key: "+" });
  expect(scale()).toBe("141 %");
  fireEvent.keyDown(picturePane(), { key: "ArrowRight" });
  const moved = placed();
  fireEvent.keyDown(picturePane(), { key: "ArrowLeft" });
  expect(placed()).not.toBe(moved);
  fireEvent.keyDown(picturePane(), { key: "0" });
  expect(placed()).toBe("translate(12px, 12px)");
});

it("leaves keys alone that belong to others", () => {
  show(after);
  expect(fireEvent.keyDown(picturePane(), { key: "+", ctrlKey: true })).toBe(true);
  expect(fireEvent.keyDown(picturePane(), { key: "z" })).toBe(true);
  expect(scale()).toBe("100 %");
});

it("zooms by the wheel about the pointer", () => {
  show(after);
  // The simulated WheelEvent has no place, so a MouseEvent takes its name.
  const at = { clientX: 12, clientY: 12, bubbles: true, cancelable: true };
  const turned = Object.assign(new MouseEvent("wheel", at), { deltaY: -100, deltaMode: 0 });
  fireEvent(picturePane(), turned);
  expect(turned.defaultPrevented).toBe(true);
  // The picture's corner lay under the pointer, and stays there.
  expect(placed()).toBe("translate(12px, 12px)");
  expect(scale()).toBe("116 %");
});

it("shows pictures of different sizes at the size of the larger one", () => {
  show(before, after);
  const [first, second] = document.querySelectorAll("img");
  expect([first?.style.width, second?.style.width]).toEqual(["400px", "400px"]);
});

it("compares only where there are two", () => {
  show(after);
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Slider" }).disabled).toBe(true);
  expect(screen.queryByRole("slider", { name: "Before and after" })).toBeNull();
});

it("moves the divider by keys and says what it shows", () => {
  show(before, after);
  const divider = screen.getByRole("slider", { name: "Before and after" });
  expect(divider.getAttribute("aria-valuetext")).toBe("50 % before.png, the rest after.png");
  for (const [key, value] of [
    ["ArrowRight", "51"],
    ["PageUp", "61"],
    ["End", "100"],
    ["ArrowRight", "100"],
    ["Home", "0"],
  ] as const) {
    fireEvent.keyDown(divider, { key });
    expect(divider.getAttribute("aria-valuenow")).toBe(value);
  }
});

it("measures the distance of the two", async () => {
  show(before, after);
  expect(await screen.findByText("31.26 dB")).toBeTruthy();
  expect(screen.getByText("50.0 %")).toBeTruthy();
});

it("reads the pixel of each picture that lies under the pointer", async () => {
  show(before, after);
  for (const [index, [naturalWidth, naturalHeight]] of [
    [200, 150],
    [400, 300],
  ].entries()) {
    const image = document.querySelectorAll("img")[index];
    if (image === undefined) throw new Error("two pictures are shown");
    Object.defineProperties(image, {
      naturalWidth: { value: naturalWidth },
      naturalHeight: { value: naturalHeight },
    });
    fireEvent.load(image);
  }
  fireEvent.pointerMove(picturePane(), { clientX: 112, clientY: 62 });
  await waitFor(() => expect(asked).toEqual(["/a 50 25", "/b 100 50"]));
  expect(await screen.findAllByText("1 22 203", { collapseWhitespace: true })).toHaveLength(2);
});

it("shows up to four side by side, each in a pane of its own", () => {
  show(before, after, { ...after, key: "c" }, { ...after, key: "d" });
  fireEvent.click(screen.getByRole("radio", { name: "Side by side" }));
  const panes = screen.getAllByRole("group", { name: /^Picture/ });
  expect(panes).toHaveLength(4);
  const [first] = panes;
  if (first !== undefined) fireEvent.keyDown(first, { key: "+" });
  const transforms = [...document.querySelectorAll("img")].map(({ style }) => style.transform);
  expect(new Set(transforms).size).toBe(1);
});
