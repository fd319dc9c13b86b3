import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Job } from "@diopter/server/protocol";
import { QueueDatabase } from "@diopter/server/queue";
import { ServedProcess } from "@diopter/server/testing";
import { afterAll, expect, it } from "vitest";
import { root } from "./support/diopter.js";

const jobCount = 200;
const killCount = 50;
const folder = mkdtempSync(join(tmpdir(), "diopter-chaos-"));
const servers: ServedProcess[] = [];
afterAll(async () => {
  for (const server of servers) await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

function newServer(name: string): ServedProcess {
  const program = join(root, "packages/cli/bin/diopter.js");
  const server = new ServedProcess(program, mkdtempSync(join(folder, name)));
  servers.push(server);
  return server;
}

/** A number from 0 to 1 that is the same in every run of the test. */
const random = (() => {
  let state = 20;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
})();

/** Small jobs, none like another; every tenth one goes over a picture and the device. */
function workflowOf(number: number): object {
  const picture = {
    photo: { type: "image/load", version: 1, params: { path: "examples/cottage-64x64.png" } },
    small: {
      type: "image/resize",
      version: 1,
      params: { scale: 0.25 + number / 1000 },
      inputs: { image: ["photo", "image"] },
    },
    save: {
      type: "image/save",
      version: 1,
      params: { path: `${number}.png` },
      inputs: { image: ["small", "image"] },
    },
  };
  const sums = {
    wait: { type: "test-nodes:time/steps", version: 1, params: { steps: 3, milliseconds: 5 } },
    sum: {
      type: "test-nodes:number/add",
      version: 1,
      params: { value: number },
      inputs: { terms: ["wait", "sum"] },
    },
    write: {
      type: "test-nodes:file/write",
      version: 1,
      params: { path: `${number}.txt` },
      inputs: { terms: ["sum", "sum"] },
    },
  };
  return { diopter: 1, name: `Job ${number}`, nodes: number % 10 === 0 ? picture : sums };
}

async function submitAll(server: ServedProcess): Promise<void> {
  for (let number = 0; number < jobCount; number += 1) await server.submit(workflowOf(number));
}

const hashesByName = (jobs: readonly Job[]) =>
  new Map(jobs.map(({ name, results }) => [name, results.map(({ hash }) => hash)]));

/** Holds that what has ended stays ended, over all that was seen before. */
function checkEndings(jobs: readonly Job[], endings: Map<string, number>): void {
  for (const { id, ended } of jobs) {
    if (ended === undefined) expect(endings.has(id)).toBe(false);
    else expect(endings.get(id) ?? ended).toBe(ended);
    if (ended !== undefined) endings.set(id, ended);
  }
}

/** Kills the runner, or, one time in four and where there is none, the server. */
async function killOne(server: ServedProcess): Promise<"runner" | "server"> {
  await sleep(random() * 30);
  const [runner] = server.runners();
  if (runner !== undefined && random() > 0.25) {
    process.kill(runner, "SIGKILL");
    return "runner";
  }
  await server.kill();
  await server.start();
  return "server";
}

/** Holds that every file in the store is what its name says. */
function checkStore(folder: string): void {
  for (const prefix of readdirSync(folder)) {
    for (const name of readdirSync(join(folder, prefix))) {
      const bytes = readFileSync(join(folder, prefix, name));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(name);
    }
  }
}

it("200 jobs survive 50 deaths of runner and server: each ends once, with the same bytes", async () => {
  const undisturbed = newServer("calm-");
  await undisturbed.start();
  await submitAll(undisturbed);
  const expected = hashesByName(await undisturbed.untilOpen(0));
  expect(await undisturbed.stop()).toBe(0);

  const server = newServer("chaos-");
  await server.start();
  await submitAll(server);
  const endings = new Map<string, number>();
  const killed: string[] = [];
  for (let kill = 1; kill <= killCount; kill += 1) {
    const ended = Math.floor((kill * (jobCount - 10)) / killCount);
    checkEndings(await server.untilOpen(jobCount - ended), endings);
    killed.push(await killOne(server));
  }
  const jobs = await server.untilOpen(0);
  checkEndings(jobs, endings);
  expect(new Set(killed)).toEqual(new Set(["runner", "server"]));
  expect(jobs).toHaveLength(jobCount);
  expect(jobs.filter(({ status }) => status !== "succeeded")).toEqual([]);
  expect(hashesByName(jobs)).toEqual(expected);
  expect(await server.stop()).toBe(0);

  const database = QueueDatabase.open(join(server.data, "queue.sqlite"));
  expect(database.problems()).toEqual([]);
  database.close();
  checkStore(join(server.data, "results"));
  expect(readdirSync(join(server.data, "work"))).toEqual([]);
}, 300_000);
