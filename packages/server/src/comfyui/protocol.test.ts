import { readFile } from "node:fs/promises";
import { findComfyuiTexts } from "@diopter/nodes";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { TestServer } from "../testing/test-server.js";
import {
  ask,
  ComfyClient,
  cottage,
  cottageBytes,
  doubling,
  type Prompt,
  startComfyui,
} from "./comfyui.test-support.js";

let server: TestServer;
beforeAll(async () => {
  server = await startComfyui();
});
afterAll(() => server.close());

const get = (path: string) => ask(server, "GET", path);
const post = (path: string, body?: unknown) => ask(server, "POST", path, body);

const acceptedSchema = z.object({ prompt_id: z.string(), number: z.number() });

/** Queues a prompt and waits until it has ended. */
async function finish(prompt: Prompt, rest: object = {}): Promise<string> {
  const { json } = await post("/prompt", { prompt, ...rest });
  const { prompt_id: id } = acceptedSchema.parse(json);
  await server.until(id);
  return id;
}

/** Another prompt each time, so that nothing of it is remembered. */
let count = 0;
function fresh(): Prompt {
  count += 1;
  const scaled = doubling["2"]?.inputs;
  const changed = { class_type: "ImageScaleBy", inputs: { ...scaled, scale_by: 1 + count / 100 } };
  return { ...doubling, "2": changed };
}

describe.each(["", "/api"])("below %j", (prefix) => {
  test("tells what it is and has", async () => {
    expect(await get(`${prefix}/prompt`)).toEqual({
      status: 200,
      json: { exec_info: { queue_remaining: 0 } },
    });
    expect((await get(`${prefix}/queue`)).json).toEqual({ queue_running: [], queue_pending: [] });
    expect((await get(`${prefix}/system_stats`)).json).toMatchObject({
      system: { comfyui_version: "0.8.0", ram_total: expect.any(Number), python_version: "" },
      devices: [{ index: 0, vram_total: expect.any(Number), torch_vram_free: expect.any(Number) }],
    });
    expect((await get(`${prefix}/features`)).json).toMatchObject({
      supports_preview_metadata: true,
    });
    expect((await get(`${prefix}/embeddings`)).json).toEqual([]);
    expect((await get(`${prefix}/extensions`)).json).toEqual([]);
    expect((await get(`${prefix}/models`)).json).toContain("upscale_models");
    expect((await get(`${prefix}/models/upscale_models`)).json).toContain("denoiser");
    expect((await get(`${prefix}/models/nothing`)).status).toBe(404);
    expect((await post(`${prefix}/free`, { unload_models: true, free_memory: true })).status).toBe(
      200,
    );
    expect((await post(`${prefix}/interrupt`)).status).toBe(200);
  });

  test("describes classes of ComfyUI and nodes of ours", async () => {
    const { json } = await get(`${prefix}/object_info`);
    const all = z.record(z.string(), z.looseObject({ name: z.string() })).parse(json);
    for (const [name, info] of Object.entries(all)) expect(info.name).toBe(name);
    const wanted = `LoadImage LoadImageMask SaveImage PreviewImage ImageScale ImageScaleBy ImageCrop
      ImageBatch ImageInvert ImageBlend UpscaleModelLoader ImageUpscaleWithModel VAELoader VAEEncode
      VAEDecode VAEEncodeTiled VAEDecodeTiled LatentUpscale LatentUpscaleBy CheckpointLoaderSimple
      CLIPTextEncode KSampler PrimitiveInt PrimitiveFloat PrimitiveString PrimitiveBoolean`;
    expect(Object.keys(all)).toEqual(expect.arrayContaining(wanted.split(/\s+/)));
    expect(all.LoadImage).toMatchObject({
      input: { required: { image: [["photo.png"], { image_upload: true }] } },
      input_order: { required: ["image"] },
      output: ["IMAGE", "MASK"],
      output_is_list: [false, false],
      output_name: ["IMAGE", "MASK"],
      output_node: false,
    });
    expect(all.SaveImage).toMatchObject({ output_node: true, output: [], deprecated: false });
    const one = await get(`${prefix}/object_info/image/resize`);
    expect(one.json).toMatchObject({
      "image/resize": {
        display_name: "Resize",
        category: "Diopter/image",
        input: {
          required: { image: ["IMAGE", { forceInput: true }] },
          optional: {
            scale: ["FLOAT", { default: 2, min: 0.001, max: 100 }],
            filter: [expect.anything(), {}],
          },
        },
        output: ["IMAGE"],
      },
    });
    expect((await get(`${prefix}/object_info/Nothing`)).json).toEqual({});
  });

  test("queues a prompt, and tells what became of it", async () => {
    const answer = await post(`${prefix}/prompt`, {
      prompt: doubling,
      client_id: "nobody",
      extra_data: { extra_pnginfo: { workflow: { version: 0.4, nodes: [], links: [] } } },
    });
    expect(answer).toMatchObject({ status: 200, json: { node_errors: {} } });
    const { prompt_id: id, number } = acceptedSchema.parse(answer.json);
    await server.until(id);
    const history = await get(`${prefix}/history/${id}`);
    const image = { filename: "double_00001_.png", subfolder: id, type: "output" };
    expect(history.json).toMatchObject({
      [id]: {
        prompt: [number, id, doubling, { client_id: "nobody" }, ["3"]],
        outputs: { "3": { images: [image] } },
        status: { status_str: "success", completed: true },
        meta: { "3": { node_id: "3", display_node: "3", parent_node: null, real_node_id: "3" } },
      },
    });
    const messages = JSON.stringify(history.json);
    expect(messages).toMatch(/execution_start.*execution_cached.*execution_success/);
    const picture = await fetch(`${server.origin}${prefix}/view?${new URLSearchParams(image)}`);
    expect(picture.headers.get("content-type")).toBe("image/png");
    const bytes = Buffer.from(await picture.arrayBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 128, height: 128 });
    expect(JSON.parse(findComfyuiTexts(bytes)?.prompt ?? "")).toEqual(doubling);
    expect(JSON.parse(findComfyuiTexts(bytes)?.workflow ?? "")).toMatchObject({ version: 0.4 });
    expect((await get(`${prefix}/history/unknown`)).json).toEqual({});
  });
});

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
    const id = await finish(prompt, { partial_execution_targets: ["4"] });
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

describe("queue and history", () => {
  test("are told, cleared and edited", async () => {
    await server.call("POST", "/queue/pause");
    const ids = [];
    for (const rest of [{}, {}, { front: true }]) {
      const { json } = await post("/prompt", { prompt: fresh(), ...rest });
      ids.push(acceptedSchema.parse(json).prompt_id);
    }
    const pending = async () => {
      const { json } = await get("/queue");
      const { queue_pending: rows } = z
        .object({ queue_pending: z.array(z.array(z.unknown())) })
        .parse(json);
      return rows.map(([, id]) => id);
    };
    expect(await pending()).toEqual([ids[2], ids[0], ids[1]]);
    expect((await get("/prompt")).json).toEqual({ exec_info: { queue_remaining: 3 } });
    await post("/queue", { delete: [ids[0]] });
    expect(await pending()).toEqual([ids[2], ids[1]]);
    await post("/queue", { clear: true });
    expect(await pending()).toEqual([]);
    await server.call("POST", "/queue/resume");
    const [first, second] = [await finish(fresh()), await finish(fresh())];
    const history = async (query = "") =>
      Object.keys(z.record(z.string(), z.unknown()).parse((await get(`/history${query}`)).json));
    expect((await history()).slice(-2)).toEqual([first, second]);
    expect(await history("?max_items=1")).toEqual([second]);
    await post("/history", { delete: [first] });
    expect(await history()).not.toContain(first);
    await post("/history", { clear: true });
    expect(await history()).toEqual([]);
    expect((await get(`/view?filename=double_00001_.png&subfolder=${second}`)).status).toBe(404);
  });

  test("are listed as jobs, one of which can be cancelled", async () => {
    const done = await finish(fresh());
    await server.call("POST", "/queue/pause");
    const waiting = acceptedSchema.parse(
      (await post("/prompt", { prompt: fresh() })).json,
    ).prompt_id;
    expect((await get("/api/jobs?status=completed,pending&limit=5")).json).toMatchObject({
      jobs: [
        { id: waiting, status: "pending", outputs_count: 0 },
        { id: done, status: "completed", outputs_count: 1, preview_output: { type: "output" } },
      ],
      pagination: { offset: 0, limit: 5, total: 2, has_more: false },
    });
    expect((await post(`/api/jobs/${waiting}/cancel`)).json).toMatchObject({ status: "cancelled" });
    expect((await get(`/api/jobs/${done}`)).json).toMatchObject({ outputs: { "3": {} } });
    expect((await get("/api/jobs/unknown")).status).toBe(404);
    await server.call("POST", "/queue/resume");
  });

  test("a prompt's id may be given, once", async () => {
    const id = "00000000-0000-4000-8000-00000000abcd";
    expect(await finish(fresh(), { prompt_id: id })).toBe(id);
    expect((await post("/prompt", { prompt: fresh(), prompt_id: id })).status).toBe(409);
  });
});

describe("pictures", () => {
  const upload = async (fields: Readonly<Record<string, string>>, name = "up.png") => {
    const form = new FormData();
    form.append("image", new Blob([new Uint8Array(cottageBytes())]), name);
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    const response = await fetch(`${server.origin}/upload/image`, { method: "POST", body: form });
    return {
      status: response.status,
      json: z.record(z.string(), z.unknown()).parse(await response.json()),
    };
  };

  test("are uploaded, under another name or in place of one", async () => {
    expect((await upload({})).json).toEqual({ name: "up.png", subfolder: "", type: "input" });
    expect((await upload({ type: "input" })).json).toMatchObject({ name: "up-2.png" });
    expect((await upload({ overwrite: "true" })).json).toMatchObject({ name: "up.png" });
    expect((await upload({ subfolder: "../x" }, "s.png")).status).toBe(403);
    expect((await upload({}, "../../../outside.png")).json).toMatchObject({ name: "outside.png" });
  });

  test("are shown, smaller, without alpha, and as their alpha", async () => {
    const view = async (query: string) => {
      const response = await fetch(`${server.origin}/view?filename=photo.png&type=input${query}`);
      const bytes = Buffer.from(await response.arrayBuffer());
      return { type: response.headers.get("content-type"), bytes };
    };
    expect((await view("")).bytes.equals(await readFile(cottage))).toBe(true);
    const small = await view("&preview=webp;50");
    expect(small.type).toBe("image/webp");
    expect(await sharp((await view("&channel=rgb")).bytes).metadata()).toMatchObject({
      channels: 3,
    });
    const alpha = await sharp((await view("&channel=a")).bytes)
      .raw()
      .toBuffer();
    expect([...alpha.subarray(0, 4)]).toEqual([0, 0, 0, 255]);
  });
});

describe("conversions", () => {
  test("between the forms, and out of pictures", async () => {
    const imported = await server.call("POST", "/comfyui/import", { prompt: doubling });
    const { workflow } = z
      .object({ workflow: z.record(z.string(), z.unknown()), notes: z.array(z.string()) })
      .parse(await imported.json());
    expect(workflow).toMatchObject({ nodes: { "1": { params: { path: "uploads/photo.png" } } } });
    const exported = await server.call("POST", "/comfyui/export", { workflow });
    expect(await exported.json()).toMatchObject({
      prompt: { "3": { class_type: "image/save" } },
      workflow: { version: 0.4, nodes: [{ id: 1 }, { id: 2 }, { id: 3 }] },
    });
    const id = await finish(fresh());
    const view = await fetch(`${server.origin}/view?filename=double_00001_.png&subfolder=${id}`);
    const body = new Uint8Array(await view.arrayBuffer());
    const headers = { "content-type": "image/png" };
    const carried = await fetch(`${server.origin}/api/v1/pictures/workflow`, {
      method: "POST",
      headers,
      body,
    });
    expect(await carried.json()).toMatchObject({
      workflow: { nodes: { "3": { type: "image/save" } } },
    });
    const none = { method: "POST", headers, body: new Uint8Array(cottageBytes()) };
    expect((await fetch(`${server.origin}/api/v1/pictures/workflow`, none)).status).toBe(400);
    const unsupported = { "1": { class_type: "KSampler", inputs: {} } };
    const kept = await server.call("POST", "/comfyui/import", unsupported);
    expect(await kept.json()).toMatchObject({
      workflow: { nodes: { "1": { type: "comfyui:KSampler" } } },
      notes: [expect.stringMatching(/KSampler.*cannot run here/)],
    });
  });
});

test("connections are greeted, answer feature flags, and get what is theirs", async () => {
  const client = await ComfyClient.connect(server.origin, "reader", "/api/ws");
  const first = await client.until(({ messages }) => messages[0]);
  expect(first).toEqual({
    type: "status",
    data: { status: { exec_info: { queue_remaining: 0 } }, sid: "reader" },
  });
  client.socket.send(JSON.stringify({ type: "feature_flags", data: {} }));
  await client.until(({ messages }) => messages.find(({ type }) => type === "feature_flags"));
  client.socket.send("rubbish");
  const id = await finish(fresh(), { client_id: "reader" });
  await client.run(id);
  client.close();
});
