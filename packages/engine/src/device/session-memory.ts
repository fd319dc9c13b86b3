import type { OnnxModel } from "@diopter/onnx";
import type { Tensor } from "../values/index.js";
import { tensorBytes } from "./device-tensor.js";
import { bindSizes, evaluateShape } from "./model-sizes.js";
import { isTensorType } from "./native-tensors.js";

/** Below this a measured growth may well be something else, so nothing is foretold from it. */
const telling = 32 << 20;
/** Shapes whose bytes are remembered. */
const rememberedShapes = 256;

/** What the runs of one session take, learned from the runs before. */
export class SessionMemory {
  /** Bytes that runs took beyond inputs and outputs, and that the session keeps for the next. */
  workspaceBytes = 0;
  #largestRun = 0;
  #unseen: number;
  readonly #runBytes = new Map<string, number>();

  /** @param unseen - bytes of weights that are counted but come into memory only with a run. */
  constructor(unseen: number) {
    this.#unseen = unseen;
  }

  /**
   * Bytes of a run's inputs and of those outputs whose sizes follow from them.
   * @throws DiopterError `device/failed` when the inputs do not fit the model.
   */
  runBytes(model: Pick<OnnxModel, "inputs" | "outputs">, inputs: Inputs): number {
    const shapes = model.inputs.map(({ name }) => `${inputs[name]?.type}${inputs[name]?.shape}`);
    const signature = shapes.join(";");
    const known = this.#runBytes.get(signature);
    if (known !== undefined) return known;
    const sizes = bindSizes(model.inputs, inputs);
    let bytes = model.inputs.reduce((sum, { name }) => sum + (inputs[name]?.byteLength ?? 0), 0);
    for (const output of model.outputs) {
      const shape = evaluateShape(output.shape, sizes);
      if (shape !== undefined && isTensorType(output.type))
        bytes += tensorBytes(output.type, shape);
    }
    if (this.#runBytes.size >= rememberedShapes) this.#runBytes.clear();
    this.#runBytes.set(signature, bytes);
    return bytes;
  }

  /** The workspace that a run of this size will need, as far as earlier runs tell. */
  expectedWorkspace(runBytes: number): number {
    if (this.workspaceBytes < telling || runBytes <= this.#largestRun) return this.workspaceBytes;
    return this.workspaceBytes * (runBytes / this.#largestRun);
  }

  /** Whether a run is larger than all before, so that what it takes is worth measuring. */
  isLargest(runBytes: number): boolean {
    return runBytes > this.#largestRun;
  }

  /** Tells what the largest run so far took beyond inputs and outputs. */
  learn(runBytes: number, grownBytes: number): void {
    this.#largestRun = runBytes;
    this.workspaceBytes += Math.max(0, grownBytes - this.#unseen);
    this.#unseen = 0;
  }
}

type Inputs = Readonly<Record<string, Tensor>>;
