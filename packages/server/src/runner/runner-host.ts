import { join } from "node:path";
import {
  createDevice,
  type Device,
  DiskCache,
  FileStates,
  Leases,
  MemoryCache,
  type NodeRegistry,
  PreviewMemory,
  TieredCache,
} from "@diopter/engine";
import { JobRun, type JobSurroundings } from "./job-run.js";
import { loadRegistry } from "./load-registry.js";
import type { RunnerSetup, ToRunner } from "./messages.js";
import { NodeTimes } from "./node-times.js";

/** What a runner holds from job to job. */
interface Equipment {
  readonly setup: RunnerSetup;
  readonly registry: NodeRegistry;
  readonly device: Device;
  readonly memory: MemoryCache;
  readonly cache: TieredCache;
  readonly leases: Leases;
  readonly states: FileStates;
  readonly previews: PreviewMemory;
  readonly times: NodeTimes;
}

/** Bytes that remembered previews may take. */
const previewBytes = 64 * 2 ** 20;

/** The runner's side of the conversation with the server. */
export class RunnerHost {
  readonly #send: JobSurroundings["send"];
  #equipment: Equipment | undefined;
  #running: JobRun | undefined;
  #watched = false;

  constructor(send: JobSurroundings["send"]) {
    this.#send = send;
  }

  /** Does what the server wants; resolves when it is done. */
  async receive(message: ToRunner): Promise<void> {
    switch (message.type) {
      case "set-up":
        return this.#setUp(message.setup);
      case "run":
        return this.#run(message);
      case "cancel":
        return this.#running?.cancel(message.job, message.attempt);
      case "watch":
        this.#watched = message.watched;
        return this.#running?.watch(message.watched);
      case "free":
        return this.#free();
    }
  }

  async #setUp(setup: RunnerSetup): Promise<void> {
    const registry = await loadRegistry(setup.packages, setup.configurationPath);
    const { memoryBudget } = setup;
    const device = await createDevice(setup.device, { memoryBudget });
    const leases = new Leases();
    const memory = new MemoryCache({ maxBytes: setup.memoryCache, leases });
    const folder = join(setup.cache, "values");
    const disk = await DiskCache.open({ folder, maxBytes: setup.diskCache });
    const cache = new TieredCache({ memory, disk, leases });
    const { states: place, stateBytes, stateSeconds } = setup;
    const states = await FileStates.open({
      folder: place,
      maxBytes: stateBytes,
      seconds: stateSeconds,
    });
    const previews = new PreviewMemory({ maxBytes: previewBytes });
    const times = new NodeTimes();
    this.#equipment = { setup, registry, device, memory, cache, leases, states, previews, times };
    const { id, description, reason } = device;
    const resident = process.memoryUsage.rss();
    const about = { id, description, memoryBudget: device.memoryBudget, resident };
    this.#send({ type: "ready", ...about, ...(reason === undefined ? {} : { reason }) });
  }

  async #run(order: Extract<ToRunner, { type: "run" }>): Promise<void> {
    if (this.#equipment === undefined || this.#running !== undefined) {
      throw new Error("The runner was given a job that it cannot take.");
    }
    const run = new JobRun(order, { ...this.#equipment, send: this.#send, watched: this.#watched });
    this.#running = run;
    const ended = await run.result().catch((thrown: unknown) => run.failure(thrown));
    this.#running = undefined;
    this.#send({ ...ended, resident: process.memoryUsage.rss() });
  }

  async #free(): Promise<void> {
    this.#equipment?.memory.clear();
    this.#equipment?.previews.clear();
    await this.#equipment?.device.trim();
    this.#send({ type: "freed", resident: process.memoryUsage.rss() });
  }
}
