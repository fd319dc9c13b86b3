import type { Device } from "../device/device.js";
import type { Tensor } from "../values/index.js";

/** Something to look at while a node runs or once it has run. */
export type Preview =
  | {
      readonly kind: "image";
      /** float32 [1, 3, H, W], 0 to 1. */
      readonly pixels: Tensor<"float32">;
    }
  | {
      readonly kind: "heat-map";
      /** float32 [1, 1, H, W], 0 to 1. */
      readonly values: Tensor<"float32">;
    }
  | {
      readonly kind: "curves";
      readonly x: string;
      readonly y: string;
      readonly series: readonly { readonly name: string; readonly points: readonly number[] }[];
    };

/** What the engine gives to a node's `run`. */
export interface RunContext {
  /** The node's id in the workflow, for messages. */
  readonly node: string;
  /** Aborted when the run is cancelled: check between steps, hand on to whatever waits. */
  readonly signal: AbortSignal;
  readonly device: Device;
  /** `done` of `total` units of work; `label` names the unit, such as "step" or "tile". */
  progress(done: number, total: number, label?: string): void;
  preview(preview: Preview): void;
  /** Somebody looks at previews: one that costs time to make is made only then. */
  readonly watched: boolean;
  /** Something that the person should know and that is no error, such as a smaller tile. */
  note(message: string): void;
  /**
   * The absolute path of a file parameter, contained in the folders that the run allows.
   * @throws DiopterError `file/outside` when the path leaves them.
   */
  resolve(path: string): string;
  /** The folder that relative destinations belong to, contained likewise. */
  resolveOutput(path: string): string;
  /** The workflow that is being run, as JSON, to embed into files that the run writes. */
  readonly workflowJson: string;
}
