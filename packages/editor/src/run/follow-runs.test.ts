import type { Job } from "@diopter/server/protocol";
import { expect, it } from "vitest";
import { nextShown } from "./follow-runs.js";

const job = (id: string, status: Job["status"], created: number, name = "Mine"): [string, Job] => [
  id,
  { id, name, status, created, priority: 0, attempts: 1, lastEvent: 0, results: [] },
];
const isMine = ({ name }: Job) => name === "Mine";

it("takes up the newest job of the workflow when it is opened", () => {
  const jobs = new Map([
    job("a", "succeeded", 1),
    job("b", "failed", 2),
    job("c", "failed", 3, "x"),
  ]);
  expect(nextShown(jobs, undefined, false, isMine)).toBe("b");
  expect(nextShown(jobs, "a", false, isMine)).toBeUndefined();
});

it("goes from a job that waits or has ended to the one that runs", () => {
  const jobs = new Map([job("a", "running", 1), job("b", "queued", 2), job("c", "succeeded", 0)]);
  expect(nextShown(jobs, "b", false, isMine)).toBe("a");
  expect(nextShown(jobs, "c", false, isMine)).toBe("a");
  expect(nextShown(jobs, "a", false, isMine)).toBeUndefined();
  const others = new Map([job("a", "running", 1, "x"), job("b", "queued", 2)]);
  expect(nextShown(others, "b", false, isMine)).toBeUndefined();
});

it("stays with a job that somebody has chosen, as long as there is one", () => {
  const jobs = new Map([job("a", "running", 1), job("b", "succeeded", 2)]);
  expect(nextShown(jobs, "b", true, isMine)).toBeUndefined();
  expect(nextShown(jobs, "gone", true, isMine)).toBe("a");
});
