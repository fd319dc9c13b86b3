import type { NodeRegistry } from "@diopter/engine";
import type { Logger } from "pino";
import type { Jobs } from "./jobs/index.js";
import type { Library, Uploads } from "./library/index.js";
import type { Metrics } from "./operation/index.js";
import type { Dispatcher } from "./runner/index.js";
import type { Redact } from "./security/index.js";
import type { DataFolders, ServerSettings } from "./settings/index.js";
import type { ResultStore } from "./store/index.js";

/** What routes and extensions work with. */
export interface Services {
  readonly version: string;
  readonly settings: ServerSettings;
  readonly folders: DataFolders;
  readonly registry: NodeRegistry;
  /** The hash of the node types. */
  readonly registryHash: string;
  readonly library: Library;
  readonly uploads: Uploads;
  readonly jobs: Jobs;
  /** The runners. */
  readonly dispatcher: Dispatcher;
  /** Bytes that jobs have made. */
  readonly results: ResultStore;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly redact: Redact;
  /** The server is about to leave. */
  readonly isStopping: () => boolean;
}
