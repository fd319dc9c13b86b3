import { OnnxBuildError, type OnnxModel } from "@diopter/onnx";
import { DiopterError } from "../errors/index.js";
import type { Tensor, TensorArrays, TensorType } from "../values/index.js";
import { type Backend, sessionOptions } from "./backends.js";
import type { Device, DeviceStatistics, TensorProgram } from "./device.js";
import { deviceError, isOutOfMemory, outOfMemoryError } from "./device-errors.js";
import { DeviceTensor, giveBack, type HeldMemory, type TensorOwner } from "./device-tensor.js";
import {
  createWriters,
  fromNative,
  isNativeTensor,
  type NativeTensor,
  nativeData,
  nativeType,
  type Runtime,
  toNative,
} from "./native-tensors.js";
import { readbackProgram } from "./readback.js";
import { RunQueue } from "./run-queue.js";
import { type LoadedModel, type OpenSession, SessionStore } from "./session-store.js";

type Tensors = Readonly<Record<string, Tensor>>;

/** A weightless session that took more than this is given back: its memory is worth more. */
const largeWorkspace = 64 << 20;

/** What an open device is made of. */
export interface OnnxDeviceOptions {
  readonly runtime: Runtime;
  readonly backend: Backend;
  readonly memoryBudget: number;
  readonly reason?: string | undefined;
}

/** A device of ONNX Runtime. One run at a time; the others wait in the order of their calls. */
export class OnnxDevice implements Device, TensorOwner {
  readonly id: Device["id"];
  readonly description: string;
  readonly reason?: string;
  readonly memoryBudget: number;
  readonly #backend: Backend;
  readonly #runtime: Runtime;
  readonly #writers: ReturnType<typeof createWriters>;
  readonly #queue = new RunQueue();
  readonly #sessions = new SessionStore((model) => this.#load(model, "device"));
  readonly #readers = new SessionStore((model) => this.#load(model, "host"));
  /** Of tensors that live on the device. */
  readonly #memories = new Set<HeldMemory>();
  #tensorBytes = 0;
  #peakBytes = 0;
  #runs = 0;
  #runMilliseconds = 0;
  #closed = false;

  constructor({ runtime, backend, memoryBudget, reason }: OnnxDeviceOptions) {
    this.id = backend.id;
    this.description = backend.description;
    this.memoryBudget = memoryBudget;
    if (reason !== undefined) this.reason = reason;
    this.#backend = backend;
    this.#runtime = runtime;
    this.#writers = createWriters(runtime);
  }

  async run(
    program: TensorProgram,
    inputs: Tensors,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Tensors> {
    const foreign = Object.values(inputs).filter((tensor) => this.#isForeign(tensor));
    // Before waiting here: two devices that read from each other would wait for ever.
    if (foreign.length > 0) await Promise.all(foreign.map((tensor) => tensor.read()));
    return this.#queue.enter(() => this.#runWithRetry(program, inputs, signal));
  }

  statistics(): DeviceStatistics {
    return {
      sessionsBuilt: this.#sessions.built,
      runs: this.#runs,
      runMilliseconds: this.#runMilliseconds,
      peakBytes: this.#peakBytes,
    };
  }

  trim(): Promise<void> {
    return this.#queue.enter(async () => {
      await this.#sessions.shrink(0);
      await this.#readers.shrink(0);
    });
  }

  async dispose(): Promise<void> {
    this.#closed = true;
    // A buffer that outlived its sessions would be freed from an allocator that is gone.
    await this.#queue.enter(async () => this.#memories.forEach(giveBack));
    await this.trim();
  }

  download<T extends TensorType>(native: NativeTensor, type: T): Promise<TensorArrays[T]> {
    return this.#queue.enter(async () => {
      this.#requireOpen();
      try {
        const session = await this.#readers.open(readbackProgram(type, native.dims.length));
        const { output } = await session.native.run({ input: native });
        if (isNativeTensor(output)) return nativeData(type, output);
        throw new Error("no tensor came back");
      } catch (error) {
        throw deviceError(error, this.description, "read a tensor back");
      }
    });
  }

  held(memory: HeldMemory): void {
    this.#memories.add(memory);
    this.#tensorBytes += memory.bytes;
  }

  released(memory: HeldMemory): void {
    this.#memories.delete(memory);
    this.#tensorBytes -= memory.bytes;
  }

  async #runWithRetry(
    program: TensorProgram,
    inputs: Tensors,
    signal: AbortSignal | undefined,
  ): Promise<Tensors> {
    this.#requireOpen();
    requireNotCancelled(signal);
    try {
      return await this.#runOnce(program, inputs, signal);
    } catch (error) {
      if (DiopterError.is(error) || !isOutOfMemory(error)) throw this.#explain(error);
    }
    // What sessions keep for their next run may be what was missing.
    await this.#sessions.shrink(0);
    try {
      return await this.#runOnce(program, inputs, signal);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async #runOnce(
    program: TensorProgram,
    inputs: Tensors,
    signal: AbortSignal | undefined,
  ): Promise<Tensors> {
    const session = await this.#sessions.open(program);
    const runBytes = session.memory.runBytes(session.model, inputs);
    await this.#makeRoom(session, runBytes);
    const feeds = await this.#feeds(session, inputs);
    requireNotCancelled(signal);
    const outputs = await this.#measure(session, runBytes, async () => {
      const start = performance.now();
      const results = await session.native.run(feeds);
      this.#runMilliseconds += performance.now() - start;
      this.#runs += 1;
      return Object.entries(results).flatMap(([name, value]) =>
        isNativeTensor(value) ? [[name, this.#wrap(value)] as const] : [],
      );
    });
    if (session.weightless && session.memory.workspaceBytes > largeWorkspace) {
      await this.#sessions.release(session);
    }
    return Object.fromEntries(outputs);
  }

  /** Learns what a run takes, from the growth of this process where that is where it shows. */
  async #measure<Result>(
    session: OpenSession,
    runBytes: number,
    run: () => Promise<Result>,
  ): Promise<Result> {
    if (!this.#backend.usesHostMemory || !session.memory.isLargest(runBytes)) return run();
    const before = process.memoryUsage.rss();
    const result = await run();
    session.memory.learn(runBytes, process.memoryUsage.rss() - before - runBytes);
    return result;
  }

  /** Releases sessions that are not in use until this run fits the budget. */
  async #makeRoom(session: OpenSession, runBytes: number): Promise<void> {
    const growth = session.memory.expectedWorkspace(runBytes) - session.memory.workspaceBytes;
    const needed = this.#tensorBytes + runBytes + growth;
    await this.#sessions.shrink(this.memoryBudget - needed, session);
    const total = this.#sessions.bytes + needed;
    this.#peakBytes = Math.max(this.#peakBytes, total);
    if (total <= this.memoryBudget) return;
    const [wanted, allowed] = [total, this.memoryBudget].map((bytes) => Math.ceil(bytes / 1e6));
    throw outOfMemoryError(
      `A run on ${this.description} needs ${wanted} MB, and the memory budget is ${allowed} MB.`,
    );
  }

  async #feeds(session: OpenSession, inputs: Tensors): Promise<Record<string, NativeTensor>> {
    const feeds: Record<string, NativeTensor> = {};
    for (const { name } of session.model.inputs) {
      const tensor = inputs[name];
      if (tensor === undefined) continue;
      const own = tensor instanceof DeviceTensor ? tensor.nativeFor(this) : undefined;
      feeds[name] = own ?? toNative(this.#writers, tensor.type, await tensor.read(), tensor.shape);
    }
    return feeds;
  }

  #isForeign(tensor: Tensor): boolean {
    if (tensor.location === "host") return false;
    return !(tensor instanceof DeviceTensor && tensor.nativeFor(this) !== undefined);
  }

  #wrap(native: NativeTensor): Tensor {
    if (native.location === "cpu") return fromNative(native);
    return new DeviceTensor(native, nativeType(native), this);
  }

  async #load(model: OnnxModel, outputs: "host" | "device"): Promise<LoadedModel> {
    const before = process.memoryUsage.rss();
    const options = sessionOptions(this.#backend, model, outputs);
    const native = await this.#runtime.InferenceSession.create(model.bytes, options);
    return { native, grownBytes: process.memoryUsage.rss() - before };
  }

  #explain(error: unknown): DiopterError {
    if (!OnnxBuildError.isInstance(error)) {
      return deviceError(error, this.description, "run a part of the workflow");
    }
    return new DiopterError("node/failed", {
      message: `The graph cannot be built: ${error.message}.`,
      remedy: "Check the node's parameters and what is wired to it.",
      cause: error,
    });
  }

  #requireOpen(): void {
    if (!this.#closed) return;
    throw new DiopterError("device/unavailable", {
      message: `The device ${this.description} has been closed.`,
      remedy: "Open it again.",
    });
  }
}

function requireNotCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new DiopterError("run/cancelled", {
    message: "The run was cancelled.",
    remedy: "Start it again; what is finished is kept in the cache.",
  });
}
