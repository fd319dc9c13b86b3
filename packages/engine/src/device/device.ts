import type { GraphBuilder } from "@diopter/onnx";
import type { Tensor } from "../values/index.js";

/** Names of devices; `auto` takes the best that works and says which. */
export const deviceNames = ["auto", "cpu", "webgpu", "cuda"] as const;
export type DeviceName = (typeof deviceNames)[number];

/** A graph and how to build it. Sessions are cached by `key`, so `build` runs at most once. */
export interface TensorProgram {
  /** Equal keys promise equal graphs and weights. */
  readonly key: string;
  /** Declares inputs, operators and outputs. */
  build(graph: GraphBuilder): void;
}

/** What a device has done, for reports. */
export interface DeviceStatistics {
  readonly sessionsBuilt: number;
  readonly runs: number;
  /** Milliseconds spent inside session runs. */
  readonly runMilliseconds: number;
  readonly peakBytes: number;
}

/** One that runs tensor programs. Calls wait for each other where the hardware demands it. */
export interface Device {
  readonly id: "cpu" | "webgpu" | "cuda";
  /** For people: `CPU, 2 threads` or `WebGPU`. */
  readonly description: string;
  /** Why this device was taken: a sentence; absent where it was asked for by name. */
  readonly reason?: string;
  /** Bytes that sessions and tensors may take together. */
  readonly memoryBudget: number;
  /**
   * Runs a program. Inputs may lie on the host or on this device; outputs stay on the device
   * unless the caller reads them.
   * @throws DiopterError `device/out-of-memory` (try smaller tiles), `device/failed`,
   * `run/cancelled` when `signal` is aborted before the run starts.
   */
  run(
    program: TensorProgram,
    inputs: Readonly<Record<string, Tensor>>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Readonly<Record<string, Tensor>>>;
  statistics(): DeviceStatistics;
  /** Gives back sessions that are not in use. */
  trim(): Promise<void>;
  dispose(): Promise<void>;
}
