import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { TestServer } from "../testing/test-server.js";
import {
  acceptedSchema,
  ask,
  doubling,
  finish,
  fresh,
  startComfyui,
} from "./comfyui.test-support.js";

let server: TestServer;
beforeAll(async () => {
  server = await startComfyui();
});
afterAll(() => server.close());

const get = (path: string) => ask(server, "GET", path);
const post = (path: string, body?: unknown) => ask(server, "POST", path, body);

describe("prompts that cannot run", () => {
  const refused = async (prompt: unknown, rest: object = {}) => {
    const { status, json } = await post("/prompt", { prompt, ...rest });
    expect(status).toBe(400);
    return json;
  };
  const nodeError = async (inputs: object, className = "ImageScaleBy") => {
    const merged = { ...doubling["2"]?.inputs, ...inputs };
    const prompt = { ...doubling, "2": { class_type: className, inputs: merged } };
    const answer = z
      .object({
        error: z.object({
          type: z.literal("prompt_outputs_failed_validation"),
          details: z.string(),
        }),
        node_errors: z.record(z.string(), z.unknown()),
      })
      .parse(await refused(prompt));
    return answer.node_errors["2"];
  };

  test("as a whole", async () => {
    expect(await refused(undefined)).toMatchObject({
      error: { type: "no_prompt" },
      node_errors: {},
    });
    expect(await refused(doubling, { prompt_id: 7 })).toMatchObject({
      error: { type: "invalid_prompt_id" },
    });
    expect(await refused({ "1": { class_type: "NoSuchNode", inputs: {} } })).toMatchObject({
      error: {
        type: "missing_node_type",
        details: "Node ID '#1'",
        extra_info: { node_id: "1", class_type: "NoSuchNode" },
      },
    });
    const { "3": _save, ...withoutOutput } = doubling;
    expect(await refused(withoutOutput)).toMatchObject({
      error: { type: "prompt_no_outputs", message: "Prompt has no outputs" },
    });
    expect(await refused([1, 2])).toMatchObject({ error: { type: "invalid_prompt" } });
    expect(await refused({ ...doubling, "9": { inputs: {} } })).toMatchObject({
      error: { type: "missing_node_type", extra_info: { node_id: "9", class_type: null } },
    });
  });

  test("because of a node's inputs, in ComfyUI's words", async () => {
    expect(await nodeError({ image: undefined })).toEqual({
      class_type: "ImageScaleBy",
      dependent_outputs: ["3"],
      errors: [
        {
          type: "required_input_missing",
          message: "Required input is missing",
          details: "image",
          extra_info: { input_name: "image" },
        },
      ],
    });
    const typeOf = async (inputs: object, className?: string) =>
      z
        .object({ errors: z.array(z.object({ type: z.string(), message: z.string() })) })
        .parse(await nodeError(inputs, className)).errors[0];
    expect(await typeOf({ image: "nothing" })).toMatchObject({ type: "bad_linked_input" });
    expect(await typeOf({ image: [1, 2, 3] })).toMatchObject({ type: "bad_linked_input" });
    expect(await typeOf({ image: ["1", 1] })).toMatchObject({ type: "return_type_mismatch" });
    expect(await typeOf({ image: ["9", 0] })).toMatchObject({
      type: "exception_during_validation",
    });
    expect(await typeOf({ image: ["1", 9] })).toMatchObject({
      type: "exception_during_validation",
    });
    expect(await typeOf({ image: ["2", 0] })).toMatchObject({ type: "dependency_cycle" });
    expect(await typeOf({ scale_by: "much" })).toMatchObject({ type: "invalid_input_type" });
    expect(await typeOf({ scale_by: 0 })).toEqual({
      type: "value_smaller_than_min",
      message: "Value 0 smaller than min of 0.01",
    });
    expect(await typeOf({ scale_by: 9 })).toMatchObject({ type: "value_bigger_than_max" });
    expect(await typeOf({ upscale_method: "magic" })).toMatchObject({ type: "value_not_in_list" });
    expect(await typeOf({}, "KSampler")).toMatchObject({ type: "custom_validation_failed" });
  });

  test("for the one output that is wrong, while the other runs", async () => {
    const prompt = {
      ...fresh(),
      "8": { class_type: "ImageCrop", inputs: { image: ["1", 0] } },
      "9": { class_type: "SaveImage", inputs: { images: ["8", 0], filename_prefix: "x" } },
    };
    const { status, json } = await post("/prompt", { prompt });
    expect(status).toBe(200);
    expect(json).toMatchObject({ node_errors: { "8": { dependent_outputs: ["9"] } } });
    const job = await server.until(acceptedSchema.parse(json).prompt_id);
    expect(job.status).toBe("succeeded");
    expect(job.results.map(({ name }) => name)).toEqual(["double_00001_.png"]);
  });

  test("name classes whose models have no builder, and what to use", async () => {
    const prompt = {
      "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "denoiser" } },
      "2": { class_type: "CLIPTextEncode", inputs: { text: "", clip: ["1", 1] } },
      "3": {
        class_type: "KSampler",
        inputs: { model: ["1", 0], positive: ["2", 0], sampler_name: "dpmpp_2m" },
      },
      "4": { class_type: "VAEDecode", inputs: { samples: ["3", 0], vae: ["1", 2] } },
      "5": { class_type: "SaveImage", inputs: { images: ["4", 0], filename_prefix: "x" } },
    };
    const text = JSON.stringify(await refused(prompt));
    expect(text).toMatch(/CLIPTextEncode cannot run here.*text encoders.*sampling\/sample/);
    expect(text).toContain("comfyui/unsupported");
  });

  test("are refused for what only the engine knows, at the node", async () => {
    const prompt = {
      "1": { class_type: "image/load", inputs: { path: "uploads/photo.png" } },
      "3": { class_type: "image/save", inputs: { image: ["1", 0], path: "x.png", nothing: 1 } },
    };
    expect(await refused(prompt)).toMatchObject({
      error: { type: "prompt_outputs_failed_validation" },
      node_errors: { "3": { errors: [{ extra_info: { code: "document/unknown-parameter" } }] } },
    });
  });

  test("run in part where only some outputs are wanted", async () => {
    const prompt = {
      ...fresh(),
      "4": { class_type: "PreviewImage", inputs: { images: ["1", 0] } },
    };
    const id = await finish(server, prompt, { partial_execution_targets: ["4"] });
    const { json } = await get(`/history/${id}`);
    expect(json).toMatchObject({
      [id]: {
        outputs: {
          "4": { images: [{ filename: "4_00001_.png", subfolder: `${id}/temp`, type: "temp" }] },
        },
      },
    });
  });
});
