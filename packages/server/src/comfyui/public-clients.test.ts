import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, Workflow } from "@stable-canvas/comfyui-client";
import { ComfyUIClient } from "comfy-ui-client";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import type { TestServer } from "../testing/test-server.js";
import { cottageBytes, startComfyui } from "./comfyui.test-support.js";

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await startComfyui();
  folder = mkdtempSync(join(tmpdir(), "diopter-comfyui-"));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const address = () => server.origin.replace("http://", "");

describe("comfy-ui-client", () => {
  test("uploads a picture, enlarges it with the model, and fetches the result", async () => {
    const client = new ComfyUIClient(address(), "public-client");
    await client.connect();
    const { name } = await client.uploadImage(cottageBytes(), "house.png", true);
    const info = await client.getObjectInfo("UpscaleModelLoader");
    const models = info.UpscaleModelLoader?.input.required.model_name?.[0];
    const results = await client.getImages({
      "1": { class_type: "LoadImage", inputs: { image: name } },
      "2": { class_type: "UpscaleModelLoader", inputs: { model_name: String(models?.[0]) } },
      "3": {
        class_type: "ImageUpscaleWithModel",
        inputs: { upscale_model: ["2", 0], image: ["1", 0], scale: 2, steps: 2 },
      },
      "4": { class_type: "SaveImage", inputs: { images: ["3", 0], filename_prefix: "client" } },
    });
    expect(results["4"]).toHaveLength(1);
    await client.saveImages(results, folder);
    const saved = readFileSync(join(folder, "client_00001_.png"));
    expect(await sharp(saved).metadata()).toMatchObject({ width: 128, height: 128 });
    const history = await client.getHistory();
    expect(Object.values(history)).toMatchObject([{ status: { status_str: "success" } }]);
    expect(await client.getPrompt()).toEqual({ exec_info: { queue_remaining: 0 } });
    expect(await client.getQueue()).toEqual({ queue_running: [], queue_pending: [] });
    const { devices } = await client.getSystemStats();
    expect(devices).toHaveLength(1);
    await client.interrupt();
    await client.editHistory({ clear: true });
    expect(await client.getHistory()).toEqual({});
    await client.disconnect();
  });
});

describe("@stable-canvas/comfyui-client", () => {
  test("uploads a picture, enlarges it with the model, follows it and fetches it", async () => {
    const client = new Client({ api_host: address(), WebSocket, fetch });
    client.connect();
    await new Promise((resolve) => client.once("connected", () => resolve(undefined)));
    const form = new FormData();
    form.append("image", new Blob([new Uint8Array(cottageBytes())]), "garden.png");
    const uploaded = await client.fetchApi("/upload/image", { method: "POST", body: form });
    const { name } = z.object({ name: z.string() }).parse(await uploaded.json());
    const [model = ""] = await client.getUpscaleModels();
    const workflow = new Workflow();
    const { LoadImage, UpscaleModelLoader, ImageUpscaleWithModel, SaveImage } = workflow.classes;
    const [image] = LoadImage({ image: name });
    const [upscaleModel] = UpscaleModelLoader({ model_name: model });
    const [enlarged] = ImageUpscaleWithModel({
      upscale_model: upscaleModel,
      image,
      scale: 2,
      steps: 3,
    });
    SaveImage({ images: enlarged, filename_prefix: "canvas" });
    const steps: string[] = [];
    const invoked = workflow.instance(client);
    await invoked.enqueue();
    invoked.on("progress", ({ value, max }) => steps.push(`${value}/${max}`));
    const { images } = await invoked.wait();
    expect(steps).toContain("3/3");
    // Previews come as bytes, the result as an address.
    const [url] = images.flatMap((image) => (image.type === "url" ? [image.data] : []));
    expect(images.length).toBeGreaterThan(1);
    const bytes = await (await fetch(url ?? "")).arrayBuffer();
    expect(await sharp(Buffer.from(bytes)).metadata()).toMatchObject({ width: 128, height: 128 });
    client.close();
  });

  test("polls without a WebSocket, and is told what is wrong with a prompt", async () => {
    const client = new Client({ api_host: address(), WebSocket, fetch });
    const prompt = {
      "1": { class_type: "LoadImage", inputs: { image: "photo.png" } },
      "2": { class_type: "SaveImage", inputs: { images: ["1", 0], filename_prefix: "polled" } },
    };
    const { images } = await client.runPrompt(prompt, { polling_ms: 20 });
    expect(images).toHaveLength(1);
    const wrong = { ...prompt, "1": { class_type: "LoadImage", inputs: { image: "no.png" } } };
    await expect(client.runPrompt(wrong)).rejects.toMatchObject({
      status: 400,
      json: {
        node_errors: { "1": { errors: [{ details: "image - Invalid image file: no.png" }] } },
      },
    });
  });
});
