import { findComfyuiTexts } from "@diopter/nodes";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { TestServer } from "../testing/test-server.js";
import {
  acceptedSchema,
  ask,
  ComfyClient,
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
    const [first, second] = [await finish(server, fresh()), await finish(server, fresh())];
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
    const done = await finish(server, fresh());
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
    expect(await finish(server, fresh(), { prompt_id: id })).toBe(id);
    expect((await post("/prompt", { prompt: fresh(), prompt_id: id })).status).toBe(409);
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
  const id = await finish(server, fresh(), { client_id: "reader" });
  await client.run(id);
  client.close();
});
