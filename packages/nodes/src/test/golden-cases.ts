import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { float32Tensor, type Tensor } from "@diopter/engine";
import { openSafetensors } from "@diopter/onnx";

/** What training/golden.py writes of one function of one model. */
interface GoldenCase {
  readonly name: string;
  readonly function: string;
  readonly file: string;
  readonly model?: string;
  readonly mask?: readonly boolean[] | null;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly output?: string;
}

/** The absolute path of a file in the folder of golden values. */
export const goldenPath = (name: string) =>
  fileURLToPath(new URL(`../../test/golden/${name}`, import.meta.url));

/** The cases of some functions. */
export function goldenCases(...functions: readonly string[]): readonly GoldenCase[] {
  const cases: readonly GoldenCase[] = JSON.parse(readFileSync(goldenPath("cases.json"), "utf8"));
  return cases.filter((golden) => functions.includes(golden.function));
}

/** One tensor of a golden file. */
export async function goldenTensor(file: string, name: string): Promise<Tensor<"float32">> {
  const opened = await openSafetensors(goldenPath(file));
  return float32Tensor(opened.entries.get(name)?.shape ?? [], await opened.readFloat32(name));
}
