import { basename, extname } from "node:path";
import { DiopterError, hashFile } from "@diopter/engine";
import { OnnxBuildError, openSafetensors, SafetensorsError } from "@diopter/onnx";
import { type Checkpoint, type ModelFamily, parseConfig, Weights } from "../architectures/index.js";

/**
 * Reads a checkpoint's header; the weights stay in the file.
 * @throws DiopterError `model/not-found`, `model/corrupt`.
 */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  try {
    const hash = await hashFile(path);
    const file = await openSafetensors(path);
    return {
      file,
      weights: new Weights(file),
      hash,
      name: basename(path, extname(path)),
      config: parseConfig(file.metadata.get("config")),
    };
  } catch (thrown) {
    throw modelError(path, thrown);
  }
}

/**
 * The model that a checkpoint holds, built by the first family that recognises it.
 * @throws DiopterError `model/unknown-family` when none does, `model/corrupt` when tensors are
 * missing or do not fit each other.
 */
export function buildModel<Model, Options>(
  checkpoint: Checkpoint,
  families: readonly ModelFamily<Model, Options>[],
  options: Options,
): Model {
  const family = families.find((candidate) => candidate.matches(checkpoint));
  if (family === undefined) throw unknownFamily(checkpoint, families);
  try {
    return family.load(checkpoint, options);
  } catch (thrown) {
    throw modelError(checkpoint.file.path, thrown);
  }
}

function unknownFamily(
  { file }: Checkpoint,
  families: readonly { readonly name: string }[],
): DiopterError {
  const known = families.map(({ name }) => name).join(", ");
  const named = file.metadata.get("family");
  const what = named === undefined ? "of no family that is known here" : `of the family ${named}`;
  return new DiopterError("model/unknown-family", {
    message: `"${file.path}" is ${what}; ${known} was expected.`,
    remedy: "Load another file, or use the node for models of that kind.",
    port: "path",
  });
}

function modelError(path: string, thrown: unknown): DiopterError {
  if (DiopterError.is(thrown)) return fileError(path, thrown);
  if (SafetensorsError.isInstance(thrown)) return corrupt(path, thrown.reason, thrown);
  if (OnnxBuildError.isInstance(thrown) || thrown instanceof RangeError) {
    return corrupt(path, thrown.message, thrown);
  }
  return new DiopterError("internal/defect", {
    message: `"${path}" could not be loaded.`,
    remedy: "This is a defect: please report it with the model.",
    port: "path",
    cause: thrown,
  });
}

function fileError(path: string, thrown: DiopterError): DiopterError {
  if (thrown.code !== "file/not-found") return thrown;
  return new DiopterError("model/not-found", {
    message: `There is no model "${path}".`,
    remedy: "Check the path, or name a model that ships: `diopter models` lists them.",
    port: "path",
    cause: thrown,
  });
}

function corrupt(path: string, reason: string, cause: unknown): DiopterError {
  return new DiopterError("model/corrupt", {
    message: `"${path}" is no usable model: ${reason.replace(/\.$/, "")}.`,
    remedy: "Get the file again, or load another.",
    port: "path",
    cause,
  });
}
