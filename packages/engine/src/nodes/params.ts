/** What every parameter may say of itself. */
interface Common {
  readonly help?: string;
  readonly title?: string;
}

/** A real number. In a graph node it becomes a scalar input: changing it recompiles nothing. */
export interface NumberOptions extends Common {
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
  /** Range of the slider; the hard limits are `min` and `max`. */
  readonly softMin?: number;
  readonly softMax?: number;
  readonly step?: number;
  readonly unit?: string;
}

/** A whole number. In a graph node it is structural: changing it builds another graph. */
export interface IntegerOptions extends NumberOptions {
  readonly odd?: boolean;
  readonly multipleOf?: number;
}

export interface BooleanOptions extends Common {
  readonly default: boolean;
}

export interface TextOptions extends Common {
  readonly default: string;
  readonly multiline?: boolean;
  readonly maxLength?: number;
}

export interface ChoiceOptions extends Common {
  readonly default: string;
  readonly options: readonly string[];
}

/** A path that the node reads: the file's content, not its name, enters the cache key. */
export interface FileOptions extends Common {
  readonly default: string;
  readonly content: "image" | "model" | "workflow" | "any";
  /**
   * A folder or a glob is allowed. The node runs once for each of its files, which begins an
   * iteration; `run` finds one absolute path in the parameter. One such parameter a node.
   */
  readonly many?: boolean;
  /** Values that stand for files that ship, with the absolute path of each. */
  readonly named?: Readonly<Record<string, string>>;
}

/** A path that the node writes. */
export interface DestinationOptions extends Common {
  readonly default: string;
}

/** A seed for noise: a whole number from 0 to 2^53 − 1. */
export interface SeedOptions extends Common {
  readonly default: number;
}

export const number = <const O extends NumberOptions>(options: O) =>
  Object.assign({ kind: "number" as const }, options);
export const integer = <const O extends IntegerOptions>(options: O) =>
  Object.assign({ kind: "integer" as const }, options);
export const boolean = <const O extends BooleanOptions>(options: O) =>
  Object.assign({ kind: "boolean" as const }, options);
export const text = <const O extends TextOptions>(options: O) =>
  Object.assign({ kind: "text" as const }, options);
export const choice = <const O extends ChoiceOptions>(options: O) =>
  Object.assign({ kind: "choice" as const }, options);
export const file = <const O extends FileOptions>(options: O) =>
  Object.assign({ kind: "file" as const }, options);
export const destination = <const O extends DestinationOptions>(options: O) =>
  Object.assign({ kind: "destination" as const }, options);
export const seed = <const O extends SeedOptions>(options: O) =>
  Object.assign({ kind: "seed" as const }, options);

/** A declared parameter. */
export type Parameter =
  | ({ readonly kind: "number" } & NumberOptions)
  | ({ readonly kind: "integer" } & IntegerOptions)
  | ({ readonly kind: "boolean" } & BooleanOptions)
  | ({ readonly kind: "text" } & TextOptions)
  | ({ readonly kind: "choice" } & ChoiceOptions)
  | ({ readonly kind: "file" } & FileOptions)
  | ({ readonly kind: "destination" } & DestinationOptions)
  | ({ readonly kind: "seed" } & SeedOptions);

/** Parameters by name. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** A parameter's value as it stands in a workflow document. */
export type ParameterValue = number | string | boolean;

/** The type of one parameter's value. */
export type ValueOf<P extends Parameter> = P extends { readonly kind: "boolean" }
  ? boolean
  : P extends { readonly kind: "choice"; readonly options: readonly (infer Option)[] }
    ? Option
    : P extends { readonly kind: "text" | "file" | "destination" }
      ? string
      : number;

/** The values of a node's parameters. */
export type ParameterValues<P extends Parameters> = { readonly [K in keyof P]: ValueOf<P[K]> };
