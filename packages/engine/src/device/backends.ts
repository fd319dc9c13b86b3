import { availableParallelism } from "node:os";
import type { OnnxModel } from "@diopter/onnx";
import type { InferenceSession } from "./native-tensors.js";

/** How one kind of device runs sessions. */
export interface Backend {
  readonly id: "cpu" | "webgpu" | "cuda";
  readonly description: string;
  readonly options: InferenceSession.SessionOptions;
  /** Outputs stay in the device's own memory. */
  readonly keepsOutputs: boolean;
  /** What a run takes shows in this process's resident memory. */
  readonly usesHostMemory: boolean;
}

const common: InferenceSession.SessionOptions = {
  executionMode: "sequential",
  graphOptimizationLevel: "all",
  interOpNumThreads: 1,
  // Without it the arena holds just what a run needs; with it, half as much again, since sizes
  // differ from run to run.
  enableMemPattern: false,
  // What goes wrong is thrown too, and people read that.
  logSeverityLevel: 4,
};

export function cpuBackend(threads = availableParallelism()): Backend {
  return {
    id: "cpu",
    description: `CPU, ${threads} ${threads === 1 ? "thread" : "threads"}`,
    options: { ...common, executionProviders: ["cpu"], intraOpNumThreads: threads },
    keepsOutputs: false,
    usesHostMemory: true,
  };
}

export function webgpuBackend(): Backend {
  return {
    id: "webgpu",
    description: "WebGPU",
    options: { ...common, executionProviders: ["webgpu"] },
    keepsOutputs: true,
    usesHostMemory: false,
  };
}

/** ONNX Runtime's Node.js binding hands CUDA's outputs over on the host. */
export function cudaBackend(): Backend {
  return {
    id: "cuda",
    description: "CUDA",
    options: { ...common, executionProviders: ["cuda"] },
    keepsOutputs: false,
    usesHostMemory: false,
  };
}

/** The options of one session: where its weights lie and where its outputs go. */
export function sessionOptions(
  backend: Backend,
  model: Pick<OnnxModel, "externalFolder">,
  outputs: "host" | "device",
): InferenceSession.SessionOptions {
  const folder = model.externalFolder;
  return {
    ...backend.options,
    ...(outputs === "device" && backend.keepsOutputs
      ? { preferredOutputLocation: "gpu-buffer" as const }
      : {}),
    extra: {
      session: {
        // Threads that wait by spinning take the processor from pictures being decoded beside them.
        intra_op: { allow_spinning: "0" },
        ...(folder === undefined ? {} : { model_external_initializers_file_folder_path: folder }),
      },
    },
  };
}
