import { DiopterError, hashFile } from "@diopter/engine";
import { shippedModels } from "@diopter/nodes";
import { openSafetensors, SafetensorsError } from "@diopter/onnx";
import type { Terminal } from "../terminal.js";

interface ListedModel {
  readonly name: string;
  readonly path: string;
  readonly family: string;
  readonly parameters: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Lists the models that workflows may name without a path. */
export async function modelsCommand(
  options: { readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const models = await Promise.all(Object.entries(shippedModels).map(inspect));
  if (options.json) terminal.out(`${JSON.stringify(models, null, 2)}\n`);
  else for (const model of models) terminal.out(describe(model));
  return 0;
}

async function inspect([name, path]: [string, string]): Promise<ListedModel> {
  try {
    const file = await openSafetensors(path);
    const entries = [...file.entries.values()];
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    return {
      name,
      path,
      family: file.metadata.get("family") ?? "unknown",
      parameters: sum(entries.map(({ shape }) => shape.reduce((a, b) => a * b, 1))),
      bytes: sum(entries.map(({ byteLength }) => byteLength)),
      sha256: await hashFile(path),
    };
  } catch (cause) {
    if (!(cause instanceof SafetensorsError)) throw cause;
    throw new DiopterError("model/corrupt", {
      message: `The model "${name}" at ${path} cannot be read: ${cause.message}`,
      remedy: "Install Diopter again, or set DIOPTER_MODELS to a folder with sound models.",
      cause,
    });
  }
}

function describe(model: ListedModel): string {
  const millions = (model.parameters / 1e6).toFixed(2);
  const megabytes = (model.bytes / 1e6).toFixed(1);
  const size = `${millions} M parameters, ${megabytes} MB`;
  return `${model.name.padEnd(12)} ${model.family.padEnd(18)} ${size}\n${" ".repeat(13)}${model.path}\n`;
}
