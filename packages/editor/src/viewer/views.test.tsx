// @vitest-environment happy-dom
import type { TilesPreview } from "@diopter/server/protocol";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { CurvesView } from "./curves/curves-view.js";
import { TilesView } from "./tiles/tiles-view.js";

afterEach(cleanup);

describe("curves", () => {
  const series = [
    { name: "calm", points: [1000, 500, 0] },
    { name: "busy", points: [1000, 800, 0] },
  ];
  const cursor = () => screen.getByRole("slider", { name: "Curves, timestep" });

  it("are read by keys", () => {
    render(<CurvesView x="step" y="timestep" series={series} />);
    fireEvent.keyDown(cursor(), { key: "ArrowRight" });
    expect(cursor().getAttribute("aria-valuetext")).toBe("step 1: calm 500, busy 800");
    fireEvent.keyDown(cursor(), { key: "End" });
    fireEvent.keyDown(cursor(), { key: "ArrowRight" });
    expect(cursor().getAttribute("aria-valuenow")).toBe("2");
  });

  it("are hidden one by one", () => {
    render(<CurvesView x="step" y="timestep" series={series} />);
    const busy = screen.getByRole("button", { name: "Show busy" });
    fireEvent.click(busy);
    expect(busy.getAttribute("aria-pressed")).toBe("false");
    fireEvent.keyDown(cursor(), { key: "Home" });
    expect(cursor().getAttribute("aria-valuetext")).toBe("step 0: calm 1000");
  });

  it("stand in a table too", () => {
    render(<CurvesView x="step" y="timestep" series={series} />);
    const rows = screen.getAllByRole("row").map((row) => row.textContent);
    expect(rows).toEqual(["stepcalmbusy", "010001000", "1500800", "200"]);
  });

  it("may be empty", () => {
    render(<CurvesView x="step" y="timestep" series={[]} />);
    expect(cursor()).toBeTruthy();
  });
});

describe("tiles over time", () => {
  const step = (from: number, to: number, category: string) => ({ from, to, category });
  const tiles: TilesPreview = {
    item: 0,
    layout: {
      width: 64,
      height: 32,
      tileWidth: 32,
      tileHeight: 32,
      overlap: 0,
      origins: [
        { x: 0, y: 0 },
        { x: 32, y: 0 },
      ],
    },
    tiles: [
      { steps: [step(1000, 500, "growing"), step(500, 0, "still")], finished: true },
      { steps: [step(1000, 900, "growing")], finished: false },
    ],
  };
  const map = () => within(screen.getByRole("listbox", { name: "Tiles over time" }));
  const names = () =>
    map()
      .getAllByRole("option")
      .map((tile) => tile.getAttribute("aria-label"));

  it("show the newest step until somebody goes back", () => {
    const { rerender } = render(<TilesView tiles={tiles} picture={undefined} />);
    expect(names()).toEqual([
      "Tile 1, Timestep 0, still, finished",
      "Tile 2, Timestep 900, growing",
    ]);
    fireEvent.change(screen.getByRole("slider", { name: "Step" }), { target: { value: "1" } });
    expect(names()[0]).toBe("Tile 1, Timestep 500, growing");
    const [first, second] = tiles.tiles;
    if (first === undefined || second === undefined) throw new Error("two tiles are expected");
    const longer = {
      steps: [...second.steps, step(900, 800, "still"), step(800, 700, "still")],
      finished: false,
    };
    rerender(<TilesView tiles={{ ...tiles, tiles: [first, longer] }} picture={undefined} />);
    expect(screen.getByText("Step 1 of 3")).toBeTruthy();
  });

  it("are chosen by arrow keys, and tell all their steps", () => {
    render(<TilesView tiles={tiles} picture={undefined} />);
    fireEvent.keyDown(screen.getByRole("listbox"), { key: "ArrowRight" });
    expect(map().getByRole("option", { selected: true }).getAttribute("aria-label")).toMatch(
      /^Tile 2/,
    );
    const details = within(screen.getByRole("region", { name: "Tile 2" }));
    expect(details.getByText("1000 → 900")).toBeTruthy();
    fireEvent.keyDown(screen.getByRole("listbox"), { key: "Home" });
    fireEvent.click(
      within(screen.getByRole("region", { name: "Tile 1" })).getByRole("button", { name: "1" }),
    );
    expect(screen.getByText("Step 1 of 2")).toBeTruthy();
  });

  it("explain their colours", () => {
    render(<TilesView tiles={tiles} picture={undefined} />);
    expect(screen.getByRole("img", { name: "From 1000 to 0" })).toBeTruthy();
    fireEvent.change(screen.getByRole("combobox", { name: "Colour by" }), {
      target: { value: "category" },
    });
    expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      "growing",
      "still",
    ]);
  });
});
