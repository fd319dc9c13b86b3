import type { Device } from "../device/device.js";
import type { ProgressWithin } from "../events/index.js";
import type { NodeState } from "../states/node-state.js";
import type { Tensor, TileLayout } from "../values/index.js";

/** One step of one tile, in plain numbers. */
export interface TileStep {
  /** The timesteps between which the step went. */
  readonly from: number;
  readonly to: number;
  /** What a policy took the tile for before the step, such as `growing`; empty without one. */
  readonly category: string;
  /** What the step gained, each −1 to 1; absent where nothing has measured it. */
  readonly gain?: { readonly fullReference: number; readonly noReference: number };
}

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
    }
  | {
      readonly kind: "tiles";
      /** The picture of a batch that is shown, and where its tiles lie. */
      readonly item: number;
      readonly layout: TileLayout;
      /** For each tile of the layout the steps that it has taken, the first one first. */
      readonly tiles: readonly {
        readonly steps: readonly TileStep[];
        /** True once the tile has reached its end or left early. */
        readonly finished: boolean;
      }[];
    };

/** What the engine gives to a node's `run`. */
export interface RunContext {
  /** The node's id in the workflow, for messages. */
  readonly node: string;
  /** Aborted when the run is cancelled: check between steps, hand on to whatever waits. */
  readonly signal: AbortSignal;
  readonly device: Device;
  /**
   * `done` of `total` units of work; `label` names the unit, such as "step" or "tile". `within`:
   * how far the next unit is, in parts of its own.
   */
  progress(done: number, total: number, label?: string, within?: ProgressWithin): void;
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
  /** Where this execution keeps its state; absent where nobody asked for it or it has no key. */
  readonly state?: NodeState | undefined;
  /** The workflow that is being run, as JSON, to embed into files that the run writes. */
  readonly workflowJson: string;
}
