// @vitest-environment happy-dom
import type { Job } from "@diopter/server/protocol";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { EndedJob } from "./ended-job.js";
import { WaitingList } from "./waiting-list.js";

const job = (id: string, more: Partial<Job> = {}): Job => ({
  id,
  name: `Job ${id}`,
  status: "queued",
  priority: 0,
  created: 0,
  attempts: 0,
  lastEvent: 0,
  results: [],
  ...more,
});

const asked: { readonly url: string; readonly body: unknown }[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("fetch", async (url: string, options: RequestInit) => {
    asked.push({
      url: new URL(url).pathname.replace(/^.*api\/v1/, ""),
      body: typeof options.body === "string" ? JSON.parse(options.body) : undefined,
    });
    return new Response("{}");
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const jobs = [job("a"), job("b"), job("c")];

it("moves a job by arrow keys and tells the server what then follows it", () => {
  render(<WaitingList jobs={jobs} />);
  const grip = screen.getByRole("button", { name: "Move Job b, place 2 of 3" });
  fireEvent.keyDown(grip, { key: "ArrowUp" });
  fireEvent.keyDown(grip, { key: "ArrowDown" });
  fireEvent.keyDown(grip, { key: "End" });
  expect(asked).toEqual([
    { url: "/jobs/b/move", body: { before: "a" } },
    { url: "/jobs/b/move", body: { before: null } },
    { url: "/jobs/b/move", body: { before: null } },
  ]);
});

it("does not move the first job up", () => {
  render(<WaitingList jobs={jobs} />);
  fireEvent.keyDown(screen.getByRole("button", { name: /^Move Job a/ }), { key: "ArrowUp" });
  expect(asked).toEqual([]);
});

it("cancels a job and changes its priority", () => {
  render(<WaitingList jobs={[job("a", { priority: 7 })]} />);
  const choice = screen.getByRole<HTMLSelectElement>("combobox", { name: "Priority of Job a" });
  expect(choice.selectedOptions[0]?.textContent).toBe("Priority 7");
  fireEvent.change(choice, { target: { value: "100" } });
  fireEvent.click(screen.getByRole("button", { name: "Cancel Job a" }));
  expect(asked).toEqual([
    { url: "/jobs/a/priority", body: { priority: 100 } },
    { url: "/jobs/a/cancel", body: {} },
  ]);
});

it("shows a long queue in pages", () => {
  render(<WaitingList jobs={Array.from({ length: 120 }, (_, index) => job(String(index)))} />);
  expect(screen.getAllByRole("listitem")).toHaveLength(50);
  fireEvent.click(screen.getByRole("button", { name: "Show 70 more" }));
  expect(screen.getAllByRole("listitem")).toHaveLength(100);
});

it("tells how an ended job went, and offers no results where there are none", () => {
  const error = {
    code: "device/out-of-memory",
    message: "The device has no memory left.",
    remedy: "Choose smaller tiles.",
    node: "decode",
  } as const;
  render(
    <ul>
      <EndedJob
        job={job("a", { status: "failed", error, started: 1000, ended: 5200, attempts: 2 })}
        now={5300}
      />
    </ul>,
  );
  expect(screen.getByText(/decode: The device has no memory left/)).toBeTruthy();
  expect(screen.getByText(/took 4\.2 s/).textContent).toContain("2 attempts");
  expect(screen.queryByRole("button", { name: /^Show the results/ })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Run Job a again" }));
  expect(asked).toEqual([{ url: "/jobs/a/retry", body: {} }]);
});
