// @vitest-environment happy-dom
import type { Job } from "@diopter/server/protocol";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { jobsStore, openViewer, viewerStore } from "../state/index.js";
import { setJob } from "../state/jobs.js";
import { clearPreviews, setPreview } from "../state/previews.js";
import type { Analyst } from "./analysis/analyst.js";
import { AnalystContext } from "./analysis/page-analyst.js";
import { ViewerPanel } from "./viewer-panel.js";

const never = () => new Promise<never>(() => undefined);
const analyst: Analyst = {
  histogram: never,
  heatMap: never,
  pixel: never,
  distance: never,
  difference: never,
};

const job: Job = {
  id: "a",
  name: "Upscale",
  status: "running",
  priority: 0,
  created: 0,
  attempts: 1,
  lastEvent: 0,
  results: [],
};
const result = {
  node: "save",
  name: "out.png",
  type: "image/png",
  bytes: 1,
  hash: "1",
  url: "/results/1",
};

beforeEach(() => {
  clearPreviews();
  viewerStore.setState({ pictures: [], isFollowing: true });
  jobsStore.setState({ jobs: new Map([[job.id, job]]), shown: job.id });
});
afterEach(cleanup);

const show = () =>
  render(
    <AnalystContext value={analyst}>
      <ViewerPanel />
    </AnalystContext>,
  );
const preview = (kind: "image" | "curves", sequence: number) => ({
  type: "preview" as const,
  job: job.id,
  node: "sample",
  kind,
  sequence,
});

it("shows the newest preview while a run goes on, and its result afterwards", () => {
  show();
  expect(screen.getByText("No picture yet")).toBeTruthy();
  act(() => setPreview("sample", preview("image", 1), new Uint8Array([1])));
  expect(screen.getByText("Live preview: small, and not finished")).toBeTruthy();
  act(() => setJob({ ...job, status: "succeeded", results: [result] }));
  expect(screen.getByRole("img", { name: "Upscale: out.png" }).getAttribute("src")).toBe(
    "/results/1",
  );
  expect(screen.queryByText(/^Live preview/)).toBeNull();
});

it("shows what else a run gives where it gives no picture", () => {
  show();
  const curves = { ...preview("curves", 1), x: "step", y: "timestep", series: [] };
  act(() => setPreview("sample", curves, new Uint8Array()));
  expect(screen.getByRole("slider", { name: "Curves, timestep" })).toBeTruthy();
});

it("turns to pictures that somebody opens, and follows no run from then on", () => {
  show();
  const curves = { ...preview("curves", 1), x: "step", y: "timestep", series: [] };
  act(() => setPreview("sample", curves, new Uint8Array()));
  fireEvent.click(screen.getByRole("button", { name: /Curves/ }));
  act(() => openViewer([{ key: "x", label: "old.png", url: "/results/old" }]));
  expect(screen.getByRole("img", { name: "old.png" })).toBeTruthy();
  act(() => setJob({ ...job, status: "succeeded", results: [result] }));
  expect(screen.getByRole("img", { name: "old.png" })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Follow the runs" }));
  expect(screen.getByRole("img", { name: "Upscale: out.png" })).toBeTruthy();
});

it("follows the runs again once its last picture is taken out", () => {
  show();
  act(() => openViewer([{ key: "x", label: "old.png", url: "/results/old" }]));
  fireEvent.click(screen.getByRole("button", { name: "Take old.png out" }));
  expect(viewerStore.getState().isFollowing).toBe(true);
  expect(screen.getByText("No picture yet")).toBeTruthy();
});
