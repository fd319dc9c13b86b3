import type { SafetensorsFile } from "@diopter/onnx";
import type { Weights } from "./weights.js";

/** A checkpoint that is about to become a model. */
export interface Checkpoint {
  readonly file: SafetensorsFile;
  readonly weights: Weights;
  /** SHA-256 of the file. */
  readonly hash: string;
  /** The name that people see: the file's name without its ending. */
  readonly name: string;
  /** The metadata `config`, an empty object where there is none. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** An architecture: recognises its checkpoints, and builds their graphs. */
export interface ModelFamily<Model, Options = undefined> {
  /** As in the metadata `family`. */
  readonly name: string;
  /** By metadata, or by key names and shapes where a file has none. */
  matches(checkpoint: Checkpoint): boolean;
  /** @throws SafetensorsError where a tensor is missing, OnnxBuildError where one does not fit. */
  load(checkpoint: Checkpoint, options: Options): Model;
}

/** True when the metadata names the family, or names none and the file has all of these tensors. */
export function matchesFamily(
  { file }: Checkpoint,
  family: string,
  shapes: Readonly<Record<string, number>>,
): boolean {
  const named = file.metadata.get("family");
  if (named !== undefined) return named === family;
  return Object.entries(shapes).every(
    ([name, rank]) => file.entries.get(name)?.shape.length === rank,
  );
}
