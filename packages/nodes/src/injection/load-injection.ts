import { DiopterError, file, type LoopPartValue, type RunContext } from "@diopter/engine";
import { diopterInjection, type InjectionKind } from "../architectures/index.js";
import { buildModel, readCheckpoint } from "../model/read-checkpoint.js";
import { rememberModels } from "../model/remember-models.js";
import { shippedInjections } from "../model/shipped-models.js";

const built = rememberModels<LoopPartValue>();

/** The parameter `path` of an injection, whose default is the one of this kind that ships. */
export const injectionPath = (kind: InjectionKind) =>
  file({
    default: `injection-${kind}`,
    content: "model",
    named: shippedInjections,
    help: "A .safetensors file, or the name of an injection that ships.",
  });

/** @throws DiopterError as the loading of any model; `model/mismatch` for one of another kind. */
export async function loadInjection(
  kind: InjectionKind,
  path: string,
  context: Pick<RunContext, "resolve">,
): Promise<LoopPartValue> {
  const checkpoint = await readCheckpoint(shippedInjections[path] ?? context.resolve(path));
  const value = built(checkpoint, "", () => {
    const { module, ...model } = buildModel(checkpoint, [diopterInjection], undefined);
    const options = { channels: model.channels };
    return { kind: model.kind, key: module.key, modules: { injection: module }, options };
  });
  if (value.kind === kind) return value;
  throw new DiopterError("model/mismatch", {
    message: `"${checkpoint.file.path}" is an injection of the kind ${value.kind}, not ${kind}.`,
    remedy: `Load it with injection/${value.kind}, or name another file.`,
    port: "path",
  });
}
