// @vitest-environment happy-dom
import type { NodeDescriptor } from "@diopter/engine/editing";
import type { Job } from "@diopter/server/protocol";
import {
  act,
  cleanup,
  configure,
  fireEvent,
  render,
  screen,
  waitFor,
} from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setDescriptors } from "../state/descriptors.js";
import { openDocument } from "../state/documents.js";
import { jobsStore, viewerStore } from "../state/index.js";
import { setJob } from "../state/jobs.js";
import { GridPanel } from "./grid-panel.js";
import { clearGrid, setAxis } from "./grid-store.js";

// A busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 });

const sample: NodeDescriptor = {
  type: "sampling/sample",
  subject: "sampling",
  version: 1,
  title: "Sample",
  help: "",
  kind: "run",
  inputs: {},
  params: {
    steps: { kind: "integer", default: 10, min: 1, max: 100 },
    blend: { kind: "choice", default: "every step", options: ["every step", "at the end"] },
    path: { kind: "destination", default: "out.png" },
  },
  outputs: { latent: { socket: "LATENT" } },
  sideEffect: true,
  deterministic: true,
};

const job = (id: string, more: Partial<Job> = {}): Job => ({
  id,
  name: id,
  status: "queued",
  priority: 0,
  created: 0,
  attempts: 0,
  lastEvent: 0,
  results: [],
  ...more,
});

const hash = (id: string) => id.padStart(64, "0");
const succeeded = (id: string) =>
  job(id, {
    status: "succeeded",
    results: [
      {
        node: "sample",
        name: "out.png",
        type: "image/png",
        bytes: 1,
        hash: hash(id),
        url: `/results/${id}`,
      },
    ],
  });

const sent: { readonly path: string; readonly body: { readonly settings?: unknown } }[] = [];

beforeEach(() => {
  sent.length = 0;
  setDescriptors([sample], "1");
  openDocument({
    diopter: 1,
    name: "Small",
    nodes: { sample: { type: "sampling/sample", version: 1 } },
    interface: { quality: "sample.steps" },
  });
  jobsStore.setState({ jobs: new Map() });
  clearGrid();
  setAxis("rows", { target: "", text: "" });
  setAxis("columns", { target: "", text: "" });
  vi.stubGlobal("fetch", async (url: string, options: RequestInit) => {
    const path = new URL(url).pathname.replace(/^.*api\/v1/, "");
    const submitted = sent.filter((one) => one.path === "/jobs").length;
    sent.push({ path, body: JSON.parse(String(options.body)) });
    return Response.json(job(String(submitted + 1)));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const choose = (axis: "Rows" | "Columns", option: string, values: string) => {
  const list = screen.getByRole<HTMLSelectElement>("combobox", { name: `${axis}: parameter` });
  const found = [...list.options].find(({ text }) => text === option);
  fireEvent.change(list, { target: { value: found?.value ?? "" } });
  fireEvent.change(screen.getByRole("textbox", { name: `${axis}: values` }), {
    target: { value: values },
  });
};

it("offers exposed parameters under their public names first, and no destinations", () => {
  render(<GridPanel />);
  const list = screen.getByRole<HTMLSelectElement>("combobox", { name: "Rows: parameter" });
  expect([...list.options].map(({ text }) => text)).toEqual(["nothing", "Quality", "Blend"]);
});

it("says what is wrong with the values, and does not run", () => {
  render(<GridPanel />);
  choose("Rows", "Quality", "5, 500");
  expect(screen.getByRole("alert").textContent).toContain("500 is too large.");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Run the grid" }).disabled).toBe(
    true,
  );
});

it("runs every pair, shows the pictures in a table and compares them", async () => {
  render(<GridPanel />);
  choose("Rows", "Quality", "5, 10");
  choose("Columns", "Blend", "every step\nat the end");
  expect(screen.getByText("4 runs")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Run the grid" }));
  await waitFor(() => expect(screen.getByText("0 of 4 done")).toBeTruthy());
  expect(sent.map(({ body }) => body.settings)).toEqual([
    { "sample.steps": 5, "sample.blend": "every step" },
    { "sample.steps": 5, "sample.blend": "at the end" },
    { "sample.steps": 10, "sample.blend": "every step" },
    { "sample.steps": 10, "sample.blend": "at the end" },
  ]);
  expect(screen.getAllByRole("columnheader").map((cell) => cell.textContent)).toEqual([
    "Quality ↓  → Blend",
    "every step",
    "at the end",
  ]);
  act(() => {
    setJob(succeeded("1"));
    setJob(succeeded("4"));
  });
  expect(screen.getByText("2 of 4 done")).toBeTruthy();
  for (const label of ["Quality 5, Blend every step", "Quality 10, Blend at the end"]) {
    fireEvent.click(screen.getByRole("checkbox", { name: `Mark ${label} to compare` }));
  }
  fireEvent.click(screen.getByRole("button", { name: "Compare 2" }));
  expect(viewerStore.getState().pictures.map(({ url }) => url)).toEqual([
    "/results/1",
    "/results/4",
  ]);
});

it("cancels what has not ended", async () => {
  render(<GridPanel />);
  choose("Rows", "Quality", "1..3");
  fireEvent.click(screen.getByRole("button", { name: "Run the grid" }));
  await waitFor(() => expect(screen.getByText("0 of 3 done")).toBeTruthy());
  act(() => setJob(succeeded("1")));
  fireEvent.click(screen.getByRole("button", { name: "Cancel all" }));
  const cancelled = () => sent.map(({ path }) => path).filter((path) => path.endsWith("/cancel"));
  await waitFor(() => expect(cancelled()).toEqual(["/jobs/3/cancel", "/jobs/2/cancel"]));
});
