import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { isDataType } from "../core/data-types.js";
import type { OnnxModel } from "../core/model-description.js";
import type { InlineTensor } from "../core/tensor-source.js";
import { decodeElements, decodeFloat32 } from "../safetensors/decode.js";
import { dtypeOf } from "../safetensors/dtype.js";
import { parseSafetensorsHeader } from "../safetensors/header.js";
import { writeSafetensors } from "../safetensors/write.js";

export interface Judged {
  readonly type: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

export type Results = ReadonlyMap<string, Judged>;

export interface Exercise {
  readonly model: OnnxModel;
  readonly inputs: Readonly<Record<string, InlineTensor>>;
}

const python = process.env.DIOPTER_PYTHON ?? "python3";

/** Whether the Python that tests use (DIOPTER_PYTHON, or python3) has ONNX. */
export function hasReference(): boolean {
  return spawnSync(python, ["-c", "import onnx, numpy"]).status === 0;
}

/** Every model's outputs by ONNX's checker and reference evaluator, or the error, in one process. */
export function evaluateByReference(
  exercises: ReadonlyMap<string, Exercise>,
): ReadonlyMap<string, Results | Error> {
  const folder = mkdtempSync(join(tmpdir(), "diopter-onnx-"));
  try {
    for (const [name, { model, inputs }] of exercises) {
      writeFileSync(join(folder, `${name}.onnx`), model.bytes);
      writeFileSync(join(folder, `${name}.inputs.safetensors`), writeSafetensors(inputs));
    }
    const script = new URL("../../test/reference.py", import.meta.url).pathname;
    const run = spawnSync(python, [script, folder], { encoding: "utf8" });
    if (run.status !== 0) throw new Error(run.stderr);
    const report: unknown = JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
    const failures = new Map(Object.entries(Object(report)));
    return new Map(
      [...exercises.keys()].map((name): [string, Results | Error] => {
        const failure = failures.get(name);
        if (typeof failure === "string") return [name, new Error(failure)];
        return [name, readResults(readFileSync(join(folder, `${name}.outputs.safetensors`)))];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readResults(bytes: Uint8Array): Results {
  const { entries } = parseSafetensorsHeader(bytes);
  return new Map(
    [...entries].map(([name, { dtype, shape, offset, byteLength }]) => {
      const elements = decodeFloat32(bytes.subarray(offset, offset + byteLength), dtype);
      return [name, { type: dtype, shape, values: [...(elements ?? [])] }];
    }),
  );
}

/** The model's outputs by ONNX Runtime on the CPU. */
export async function evaluateByRuntime({ model, inputs }: Exercise): Promise<Results> {
  const session = await InferenceSession.create(model.bytes, { executionProviders: ["cpu"] });
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, tensor]) => [name, toRuntimeTensor(tensor)]),
  );
  const outputs = await session.run(feeds);
  await session.release();
  return new Map(
    Object.entries(outputs).map(([name, tensor]) => [name, fromRuntimeTensor(tensor)]),
  );
}

function toRuntimeTensor({ type, shape, bytes }: InlineTensor): Tensor {
  if (type === "bfloat16" || type === "float8e4m3fn" || type === "float8e5m2") {
    throw new Error(`ONNX Runtime takes no ${type} input in Node.js`);
  }
  return new Tensor(type, decodeElements(bytes, dtypeOf(type)), shape);
}

function fromRuntimeTensor({ type, dims, data }: Tensor): Judged {
  if (type === "string" || !ArrayBuffer.isView(data)) throw new Error("text is not judged");
  if (!isDataType(type)) throw new Error(`${type} is not judged`);
  const dtype = dtypeOf(type);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { type: dtype, shape: dims, values: [...(decodeFloat32(bytes, dtype) ?? [])] };
}
