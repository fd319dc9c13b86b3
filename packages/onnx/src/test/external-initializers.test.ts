import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeNumbers } from "../core/tensor-source.js";
import { GraphBuilder } from "../graph-builder.js";
import { openSafetensors } from "../safetensors/open.js";
import { writeSafetensors } from "../safetensors/write.js";
import { readModel, writeModel } from "../surgery/model.js";

const folder = mkdtempSync(join(tmpdir(), "diopter-external-"));
const denoiser = join(folder, "denoiser", "weights.safetensors");
const decoder = join(folder, "decoder", "weights.safetensors");

beforeAll(() => {
  mkdirSync(join(folder, "denoiser"));
  mkdirSync(join(folder, "decoder"));
  const half = {
    type: "float16",
    shape: [3],
    bytes: encodeNumbers([1.5, -2, 0.25], "float16"),
  } as const;
  const full = { type: "float32", shape: [3], bytes: encodeNumbers([1, 2, 3], "float32") } as const;
  writeFileSync(denoiser, writeSafetensors({ full, half }));
  writeFileSync(decoder, writeSafetensors({ full }));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function twoCheckpoints() {
  const first = await openSafetensors(denoiser);
  const second = await openSafetensors(decoder);
  const g = new GraphBuilder({ name: "two checkpoints" });
  const x = g.input("x", "float32", [3]);
  const scaled = g.mul(x, g.weight(first.tensor("half")));
  g.output(
    "y",
    g.add(g.add(scaled, g.weight(first.tensor("full"))), g.weight(second.tensor("full"))),
  );
  return g.build();
}

async function run(session: InferenceSession): Promise<readonly number[]> {
  const { y } = await session.run({ x: new Tensor("float32", Float32Array.of(1, 1, 1), [3]) });
  await session.release();
  return y?.data instanceof Float32Array ? [...y.data] : [];
}

const expected = [3.5, 2, 6.25];

describe("initializers in safetensors files", () => {
  it("are located below the files' common folder", async () => {
    const model = await twoCheckpoints();
    expect(model.externalFolder).toBe(folder);
    expect(model.externalFiles.map(({ location }) => location)).toEqual([
      "denoiser/weights.safetensors",
      "decoder/weights.safetensors",
    ]);
  });

  it("are mapped by ONNX Runtime from the folder that the session is told", async () => {
    const model = await twoCheckpoints();
    const session = await InferenceSession.create(model.bytes, {
      executionProviders: ["cpu"],
      extra: { session: { model_external_initializers_file_folder_path: model.externalFolder } },
    });
    expect(await run(session)).toEqual(expected);
  });

  it("can be handed over as bytes", async () => {
    const model = await twoCheckpoints();
    const session = await InferenceSession.create(model.bytes, {
      executionProviders: ["cpu"],
      externalData: model.externalFiles.map(({ location, path }) => ({
        path: location,
        data: readFileSync(path),
      })),
    });
    expect(await run(session)).toEqual(expected);
  });

  it("survive reading and writing the model, beside it or elsewhere", async () => {
    const built = await twoCheckpoints();
    const model = writeModel(readModel(built.bytes, { folder: built.externalFolder ?? "" }));
    expect(model.externalFiles).toEqual(built.externalFiles);
    expect(model.externalFolder).toBe(folder);
    const file = join(folder, "model.onnx");
    writeFileSync(file, model.bytes);
    expect(await run(await InferenceSession.create(file, { executionProviders: ["cpu"] }))).toEqual(
      expected,
    );
  });

  it("are written once, however often they are asked for", async () => {
    const file = await openSafetensors(denoiser);
    const g = new GraphBuilder({ name: "shared" });
    expect(g.weight(file.tensor("half"))).toBe(g.weight(file.tensor("half")));
    expect(g.initializer(file.tensor("half")).type).toBe("float16");
    expect(g.weight(file.tensor("full")).name).toBe("full");
  });
});
