import { totalmem } from "node:os";
import { DiopterError, toDiopterError } from "../errors/index.js";
import { float32Tensor } from "../values/index.js";
import { type Backend, cpuBackend, cudaBackend, webgpuBackend } from "./backends.js";
import type { Device, DeviceName, TensorProgram } from "./device.js";
import { essence } from "./device-errors.js";
import type { Runtime } from "./native-tensors.js";
import { OnnxDevice } from "./onnx-device.js";
import { whyNoGraphicsCard } from "./software-vulkan.js";

/** How much of the machine a device may take. */
export interface DeviceOptions {
  /** Bytes for sessions and tensors together; by default 60 % of the machine's memory. */
  readonly memoryBudget?: number | undefined;
  /** Threads of one operator on the CPU; by default every processor that this process may use. */
  readonly threads?: number | undefined;
}

/**
 * Opens a device and tries it out. `auto` tries cuda, then webgpu, then cpu, and the device's
 * `reason` says which of them were refused and why.
 * @throws DiopterError `device/unavailable` when the device that was asked for cannot be used.
 */
export async function createDevice(name: DeviceName, options: DeviceOptions = {}): Promise<Device> {
  if (name !== "auto") return openDevice(backendOf(name, options), options);
  const refusals: string[] = [];
  for (const candidate of ["cuda", "webgpu"] as const) {
    try {
      if (candidate === "webgpu") refuseSoftware();
      return await openDevice(backendOf(candidate, options), options, refusals);
    } catch (error) {
      refusals.push(toDiopterError(error).message);
    }
  }
  return openDevice(cpuBackend(options.threads), options, refusals);
}

function backendOf(name: Device["id"], options: DeviceOptions): Backend {
  if (name === "cpu") return cpuBackend(options.threads);
  return name === "webgpu" ? webgpuBackend() : cudaBackend();
}

/** @param refusals - why other devices were not taken; left out where the choice was not free. */
async function openDevice(
  backend: Backend,
  options: DeviceOptions,
  refusals?: readonly string[],
): Promise<Device> {
  const runtime = await loadRuntime();
  const memoryBudget = options.memoryBudget ?? Math.floor(availableMemory() * 0.6);
  const reason = refusals && [`${backend.description} is the best that works.`, ...refusals];
  const trial = new OnnxDevice({ runtime, backend, memoryBudget: Number.POSITIVE_INFINITY });
  try {
    await tryOut(trial);
  } catch (error) {
    throw unavailable(backend.description, whyOf(error), error);
  } finally {
    await trial.dispose();
  }
  return new OnnxDevice({ runtime, backend, memoryBudget, reason: reason?.join(" ") });
}

const trialProgram: TensorProgram = {
  key: "trial",
  build(graph) {
    graph.output("sum", graph.add(graph.input("number", "float32", [1]), 1));
  },
};

async function tryOut(device: OnnxDevice): Promise<void> {
  const number = float32Tensor([1], Float32Array.of(41));
  const { sum } = await device.run(trialProgram, { number });
  const [answer] = (await sum?.read()) ?? [];
  sum?.dispose();
  if (answer !== 42) throw new Error(`41 + 1 gave ${answer}`);
}

async function loadRuntime(): Promise<Runtime> {
  try {
    const runtime = await import("onnxruntime-node");
    // What goes wrong is thrown too; written to the terminal it would only break what is shown there.
    runtime.env.logLevel = "fatal";
    return runtime;
  } catch (error) {
    throw unavailable("ONNX Runtime", whyOf(error), error);
  }
}

function refuseSoftware(): void {
  const why = whyNoGraphicsCard();
  if (why !== undefined) throw unavailable("WebGPU", why);
}

function unavailable(what: string, why: string, cause?: unknown): DiopterError {
  return new DiopterError("device/unavailable", {
    message: `${what} cannot be used here: ${why}.`,
    remedy: "Use the device cpu, which always works, or auto.",
    cause,
  });
}

/** The innermost message, shortened to one sentence. */
function whyOf(error: unknown): string {
  const cause = DiopterError.is(error) && error.cause !== undefined ? error.cause : error;
  return essence(cause).slice(0, 200);
}

/** What the machine, or the container around this process, has. */
function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
