import type { TensorType } from "../values/index.js";
import type { TensorProgram } from "./device.js";

/**
 * Hands a tensor through, so that it arrives on the host: asking a GPU tensor for its data directly
 * ends the process (onnxruntime-node 1.30).
 */
export function readbackProgram(type: TensorType, rank: number): TensorProgram {
  return {
    key: `read ${type} ${rank}`,
    build(graph) {
      const shape = Array.from({ length: rank }, (_, axis) => `size_${axis}`);
      graph.output("output", graph.identity(graph.input("input", type, shape)));
    },
  };
}
