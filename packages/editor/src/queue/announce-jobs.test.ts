import type { Job } from "@diopter/server/protocol";
import { expect, it } from "vitest";
import { whatEnded } from "./announce-jobs.js";

const job = (id: string, status: Job["status"], more: Partial<Job> = {}): Job => ({
  id,
  name: id,
  status,
  priority: 0,
  created: 0,
  attempts: 1,
  lastEvent: 0,
  results: [],
  ...more,
});
const all = (...jobs: readonly Job[]) => ({ jobs: new Map(jobs.map((one) => [one.id, one])) });

it("leaves it to the canvas to tell how its own job has ended", () => {
  const before = all(job("a", "running"), job("b", "queued"));
  const now = { ...all(job("a", "succeeded"), job("b", "queued")), shown: "a" };
  expect(whatEnded(now, before)).toBeUndefined();
  const failed = { ...all(job("a", "failed"), job("b", "queued")), shown: "a" };
  expect(whatEnded(failed, before)).toBeUndefined();
});

it("tells of a failure elsewhere with its reason", () => {
  const error = { code: "node/failed", message: "No memory.", remedy: "" } as const;
  const before = all(job("a", "running"), job("b", "queued"));
  const now = { ...all(job("a", "failed", { error }), job("b", "queued")), shown: undefined };
  expect(whatEnded(now, before)).toBe("a has failed. No memory.");
});

it("keeps quiet about one of many, and tells when all are done", () => {
  const before = all(job("a", "running"), job("b", "queued"));
  const between = { ...all(job("a", "succeeded"), job("b", "running")), shown: undefined };
  expect(whatEnded(between, before)).toBeUndefined();
  const now = { ...all(job("a", "succeeded"), job("b", "succeeded")), shown: undefined };
  expect(whatEnded(now, between)).toBe("The queue is empty.");
});

it("says nothing of jobs that had ended before", () => {
  const before = all();
  const now = { ...all(job("a", "succeeded"), job("b", "failed")), shown: "a" };
  expect(whatEnded(now, before)).toBeUndefined();
});
