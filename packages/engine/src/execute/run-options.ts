import type { Leases, ValueCache } from "../cache/index.js";
import type { Device } from "../device/index.js";
import type { WorkflowDocument } from "../document/index.js";
import type { RunEvent } from "../events/index.js";
import type { NodeRegistry, Preview } from "../nodes/index.js";
import type { RunStates } from "../states/index.js";
import type { PreviewMemory } from "./preview-memory.js";
import type { EarlierRun } from "./run-report.js";

/** Folders of a run, absolute. Paths are contained in them after links are resolved. */
export interface RunFolders {
  /** Relative file parameters belong to it; always readable. */
  readonly base: string;
  /** Further folders that the run may read from. */
  readonly readable: readonly string[];
  /** Relative destinations belong to it; nothing is written outside of it. */
  readonly output: string;
}

/** Something to look at, and whose it is. */
export interface NodePreview {
  readonly node: string;
  /** Place in an iteration, absent outside of one. */
  readonly item?: readonly number[];
  readonly preview: Preview;
}

/** What a run is told. */
export interface RunOptions {
  readonly document: WorkflowDocument;
  /** The workflow as nodes embed it into files; by default `document`. */
  readonly embedded?: WorkflowDocument | undefined;
  readonly registry: NodeRegistry;
  readonly device: Device;
  /** Without one, nothing is remembered from run to run. */
  readonly cache?: ValueCache | undefined;
  /**
   * The leases that the cache was built with, so that neither disposes of what the other uses.
   * Without them a run with a cache leaves device memory to the garbage collector.
   */
  readonly leases?: Leases | undefined;
  readonly folders: RunFolders;
  /** Where long runs of nodes keep their state, to go on from there. */
  readonly states?: RunStates | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called in order, one event at a time; must not throw. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  readonly onPreview?: ((preview: NodePreview) => void) | undefined;
  /** With it, nodes whose results are known show again what they showed when they ran. */
  readonly previews?: PreviewMemory | undefined;
  /** See PlanOptions. */
  readonly targets?: readonly string[] | undefined;
  /** Nodes whose output values the report holds; they count as targets. The reader disposes them. */
  readonly values?: readonly string[] | undefined;
  /** How many nodes or items may be under way at once; by default the processors, at least 2. */
  readonly concurrency?: number | undefined;
  /** An earlier report of the same workflow, from which the time of each node is estimated. */
  readonly previous?: EarlierRun | undefined;
}
