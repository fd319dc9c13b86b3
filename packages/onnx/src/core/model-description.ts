import type { DataType } from "./data-types.js";
import type { Dimension } from "./dimension.js";
import type { ExternalFile } from "./external-files.js";

/** An input or output as a model declares it. */
export interface ValueDescription {
  readonly name: string;
  readonly type: DataType;
  readonly shape: readonly Dimension[];
}

/** A finished model: its file's bytes, and the files that its initializers point into. */
export interface OnnxModel {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly inputs: readonly ValueDescription[];
  readonly outputs: readonly ValueDescription[];
  readonly externalFiles: readonly ExternalFile[];
  /** The folder below which all external files lie; undefined when there are none. */
  readonly externalFolder: string | undefined;
}
