import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { testPackage } from "../testing/test-nodes.js";
import type { TestServer } from "../testing/test-server.js";
import { ask, ComfyClient, doubling, type Prompt, startComfyui } from "./comfyui.test-support.js";

let server: TestServer;
beforeAll(async () => {
  server = await startComfyui();
});
afterAll(() => server.close());

async function send(prompt: Prompt, client: string): Promise<string> {
  const { json } = await ask(server, "POST", "/prompt", { prompt, client_id: client });
  return z.object({ prompt_id: z.string() }).parse(json).prompt_id;
}

const ofType = (name: string) => `${testPackage}:${name}`;

/** Steps of some milliseconds, whose sum is written to a file. */
const steps = (milliseconds: number, count: number): Prompt => ({
  a: { class_type: ofType("time/steps"), inputs: { steps: count, milliseconds } },
  b: { class_type: ofType("file/write"), inputs: { "terms.0": ["a", 0], path: "sum.txt" } },
});

describe("the messages of a run", () => {
  test("come in ComfyUI's order, to its client alone, and then from memory", async () => {
    const client = await ComfyClient.connect(server.origin, "order");
    const twin = await ComfyClient.connect(server.origin, "order");
    const other = await ComfyClient.connect(server.origin, "other");
    const id = await send(doubling, "order");
    const messages = await client.run(id);
    const kinds = messages.map(({ type }) => type).filter((type) => type !== "progress_state");
    expect(kinds.slice(0, 2)).toEqual(["execution_start", "execution_cached"]);
    expect(kinds.slice(-3)).toEqual(["executed", "execution_success", "executing"]);
    const executing = messages.filter(({ type }) => type === "executing");
    expect(executing.map(({ data }) => data.node)).toEqual(["1", "2", "3", null]);
    expect(messages.find(({ type }) => type === "executed")?.data).toEqual({
      node: "3",
      display_node: "3",
      prompt_id: id,
      output: { images: [{ filename: "double_00001_.png", subfolder: id, type: "output" }] },
    });
    const states = messages.filter(({ type }) => type === "progress_state");
    expect(states.at(-1)?.data).toEqual({
      prompt_id: id,
      nodes: {
        "3": {
          value: expect.any(Number),
          max: expect.any(Number),
          state: "finished",
          node_id: "3",
          prompt_id: id,
          display_node_id: "3",
          parent_node_id: null,
          real_node_id: "3",
        },
      },
    });
    expect(await twin.run(id)).toHaveLength(messages.length);
    expect(other.messages.every(({ type }) => type === "status")).toBe(true);
    const statuses = client.messages.filter(({ type }) => type === "status");
    expect(statuses.map(({ data }) => JSON.stringify(data.status))).toEqual([
      '{"exec_info":{"queue_remaining":0}}',
      '{"exec_info":{"queue_remaining":1}}',
      '{"exec_info":{"queue_remaining":0}}',
    ]);
    const again = await client.run(await send(doubling, "order"));
    expect(again.map(({ type }) => type)).toContain("execution_cached");
    const ran = again.filter(({ type }) => type === "executing").map(({ data }) => data.node);
    expect(ran).not.toEqual(expect.arrayContaining(["1"]));
    expect(ran).not.toEqual(expect.arrayContaining(["2"]));
    expect(again.filter(({ type }) => type === "executed")).toHaveLength(1);
    for (const one of [client, twin, other]) one.close();
  });

  test("show steps, and an interruption", async () => {
    const client = await ComfyClient.connect(server.origin, "stop");
    const id = await send(steps(20, 1000), "stop");
    const progress = await client.until(({ messages }) =>
      messages.find(({ type }) => type === "progress"),
    );
    expect(progress.data).toMatchObject({ max: 1000, prompt_id: id, node: "a" });
    const late = await ComfyClient.connect(server.origin, "stop");
    await late.until(({ messages }) =>
      messages.find(({ type, data }) => type === "executing" && data.node === "a"),
    );
    await ask(server, "POST", "/interrupt", { prompt_id: "another" });
    await ask(server, "POST", "/interrupt", { prompt_id: id });
    const messages = await client.run(id);
    expect(messages.find(({ type }) => type === "execution_interrupted")?.data).toMatchObject({
      node_id: "a",
      node_type: ofType("time/steps"),
      executed: [],
    });
    const { json } = await ask(server, "GET", `/history/${id}`);
    expect(json).toMatchObject({ [id]: { status: { status_str: "error", completed: false } } });
    client.close();
    late.close();
  });

  test("tell an error at its node, without a stack or a path", async () => {
    const client = await ComfyClient.connect(server.origin, "error");
    const prompt: Prompt = {
      a: { class_type: ofType("death/throw"), inputs: { message: "broken in LIBRARY" } },
      b: { class_type: ofType("file/write"), inputs: { "terms.0": ["a", 0], path: "x.txt" } },
    };
    const id = await send(prompt, "error");
    const messages = await client.run(id);
    const error = messages.find(({ type }) => type === "execution_error")?.data;
    expect(error).toMatchObject({
      node_id: "a",
      node_type: ofType("death/throw"),
      exception_type: "node/failed",
      exception_message: expect.stringContaining("broken in"),
      traceback: [],
    });
    expect(JSON.stringify(messages)).not.toContain(server.folder);
    const { json } = await ask(server, "GET", `/history/${id}`);
    expect(JSON.stringify(json)).toContain("execution_error");
    client.close();
  });

  test("go to everybody where the prompt names no client", async () => {
    const client = await ComfyClient.connect(server.origin, "anybody");
    const { json } = await ask(server, "POST", "/prompt", { prompt: steps(0, 1) });
    await client.run(z.object({ prompt_id: z.string() }).parse(json).prompt_id);
    client.close();
  });
});

test("previews come as pictures, and say whose they are to those who ask for it", async () => {
  const plain = await ComfyClient.connect(server.origin, "looker");
  const asking = await ComfyClient.connect(server.origin, "looker");
  const flags = { type: "feature_flags", data: { supports_preview_metadata: true } };
  asking.socket.send(JSON.stringify(flags));
  await asking.until(({ messages }) => messages.find(({ type }) => type === "feature_flags"));
  const prompt: Prompt = {
    one: { class_type: "LoadImage", inputs: { image: "photo.png" } },
    two: { class_type: "UpscaleModelLoader", inputs: { model_name: "denoiser" } },
    up: {
      class_type: "ImageUpscaleWithModel",
      inputs: { image: ["one", 0], upscale_model: ["two", 0], scale: 1, steps: 3, seed: 5 },
    },
    save: { class_type: "SaveImage", inputs: { images: ["up", 0], filename_prefix: "seen" } },
  };
  const id = await send(prompt, "looker");
  await plain.run(id);
  const frame = await plain.until(({ frames }) => frames.at(-1));
  expect(frame.readUInt32BE(0)).toBe(1);
  expect(frame.readUInt32BE(4)).toBe(1);
  expect(frame.subarray(8, 10)).toEqual(Buffer.of(0xff, 0xd8));
  const described = await asking.until(({ frames }) => frames.at(-1));
  expect(described.readUInt32BE(0)).toBe(4);
  const length = described.readUInt32BE(4);
  expect(JSON.parse(described.subarray(8, 8 + length).toString())).toMatchObject({
    prompt_id: id,
    node_id: "up",
    display_node_id: "up",
    parent_node_id: null,
    real_node_id: "up",
    image_type: "image/jpeg",
  });
  expect(described.subarray(8 + length, 10 + length)).toEqual(Buffer.of(0xff, 0xd8));
  plain.close();
  asking.close();
});
