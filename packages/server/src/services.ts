import type { NodeRegistry } from "@diopter/engine";
import type { Logger } from "pino";
import type { Library, Uploads } from "./library/index.js";
import type { Redact } from "./security/index.js";
import type { DataFolders, ServerSettings } from "./settings/index.js";

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
  readonly logger: Logger;
  readonly redact: Redact;
}
