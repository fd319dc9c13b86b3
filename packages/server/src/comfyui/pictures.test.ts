import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { TestServer } from "../testing/test-server.js";
import {
  cottage,
  cottageBytes,
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
    const inner = { name: "up.png", subfolder: "a/b", type: "input" };
    expect((await upload({ subfolder: "a/b" })).json).toEqual(inner);
    expect((await upload({ subfolder: "a/b" })).json).toMatchObject({ name: "up-2.png" });
    expect((await upload({ subfolder: "a/b", overwrite: "1" })).json).toEqual(inner);
    const view = `${server.origin}/view?filename=up.png&subfolder=a/b&type=input`;
    expect((await fetch(view)).status).toBe(200);
    for (const image of ["a/b/up.png", "/up.png", "up.png [input]"]) {
      const id = await finish(server, {
        ...doubling,
        "1": { class_type: "LoadImage", inputs: { image } },
      });
      expect(server.running.services.jobs.get(id).status).toBe("succeeded");
    }
    expect((await upload({ subfolder: "../x" }, "s.png")).status).toBe(403);
    expect((await fetch(`${server.origin}/view?filename=s.png&type=input`)).status).toBe(404);
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
    const id = await finish(server, fresh());
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
