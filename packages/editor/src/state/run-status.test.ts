import type { RunEvent } from "@diopter/engine/editing";
import { expect, it } from "vitest";
import { takeEvents, unknownRun } from "./run-status.js";

const started: RunEvent = {
  sequence: 1,
  at: 0,
  type: "run-started",
  nodes: ["photo", "call/inner"],
  device: "cpu",
};

it("follows a node from waiting to done", () => {
  const waiting = takeEvents(unknownRun, [started]);
  expect(waiting.nodes.get("photo")).toEqual({ state: "waiting" });
  const running = takeEvents(waiting, [
    { sequence: 2, at: 1, type: "node-started", node: "photo" },
    {
      sequence: 3,
      at: 2,
      type: "node-progressed",
      node: "photo",
      done: 2,
      total: 5,
      remaining: 40,
    },
  ]);
  expect(running.nodes.get("photo")).toEqual({
    state: "running",
    done: 2,
    total: 5,
    remaining: 40,
  });
  const done = takeEvents(running, [
    { sequence: 4, at: 9, type: "node-finished", node: "photo", milliseconds: 7 },
  ]);
  expect(done.nodes.get("photo")).toEqual({ state: "done", milliseconds: 7 });
});

it("passes over events that it has seen, as after a reconnection", () => {
  const once = takeEvents(unknownRun, [started]);
  expect(takeEvents(once, [started])).toBe(once);
});

it("shows nodes of a workflow used as a node at its call", () => {
  const run = takeEvents(unknownRun, [
    started,
    { sequence: 2, at: 1, type: "node-started", node: "call/inner" },
  ]);
  expect(run.nodes.get("call")).toMatchObject({ state: "running" });
});

it("keeps fraction and notes, and begins anew with the next attempt", () => {
  const run = takeEvents(unknownRun, [
    started,
    { sequence: 2, at: 1, type: "run-progressed", fraction: 0.5, remaining: 900 },
    { sequence: 3, at: 1, type: "node-noted", node: "photo", message: "Tiles were halved." },
  ]);
  expect(run).toMatchObject({ fraction: 0.5, remaining: 900, device: "cpu" });
  expect(run.notes.get("photo")).toEqual(["Tiles were halved."]);
  const again = takeEvents(run, [{ ...started, sequence: 4 }]);
  expect(again.notes.size).toBe(0);
  expect(again.fraction).toBe(0);
});
