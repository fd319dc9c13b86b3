import type { DiopterError, NodeRegistry } from "@diopter/engine";
import type { Logger } from "pino";
import type { Library } from "../library/index.js";
import type { DocumentLimits } from "./document-state.js";

/** What open documents work with. */
export interface DocumentServices {
  readonly library: Library;
  readonly registry: NodeRegistry;
  /** Folder of the journals, beside the library. */
  readonly journal: string;
  readonly limits: DocumentLimits;
  readonly logger: Pick<Logger, "info" | "warn" | "error">;
  /** How long after the last edit a document is saved; default 300. */
  readonly saveMilliseconds?: number;
  /** What clients are told of whatever was thrown: no stack, no local path. */
  describe(thrown: unknown): DiopterError;
}
