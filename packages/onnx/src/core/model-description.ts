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

/** One operator of a graph under construction. */
export interface OperatorDescription {
  readonly operator: string;
  /** Shapes of what it reads and makes; an input that is left out has none. */
  readonly inputs: readonly (readonly Dimension[] | undefined)[];
  readonly outputs: readonly (readonly Dimension[] | undefined)[];
}

/** An initializer that lies in a file. */
export interface StoredWeight {
  readonly path: string;
  readonly offset: number;
  readonly elements: number;
}

/** What a graph consists of, without the parts that no output needs. */
export interface GraphDescription {
  /** In an order in which they can run; what loops and branches hold inside is not listed. */
  readonly operators: readonly OperatorDescription[];
  readonly weights: readonly StoredWeight[];
}
