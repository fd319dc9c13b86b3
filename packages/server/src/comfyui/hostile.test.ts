import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestServer } from "../testing/test-server.js";
import { ask, doubling, startComfyui } from "./comfyui.test-support.js";

let server: TestServer;
beforeAll(async () => {
  server = await startComfyui();
  writeFileSync(join(server.folder, "secret.png"), "secret");
});
afterAll(() => server.close());

const post = (path: string, body: unknown) => ask(server, "POST", path, body);

test.each(["{", "nul", '{"a":', "\u0000", "[".repeat(5000)])(
  "malformed JSON %j is 400",
  async (text) => {
    for (const path of ["/prompt", "/queue", "/history", "/interrupt", "/free"]) {
      const { status } = await post(path, text);
      expect([400, 413]).toContain(status);
    }
  },
);

test.each([
  "filename=../../secret.png&type=input",
  "filename=..%2f..%2fsecret.png&type=input",
  "filename=secret.png&subfolder=../..&type=input",
  "filename=/etc/passwd&type=input",
  "filename=%2fetc%2fpasswd&type=output",
  "filename=passwd&subfolder=/etc&type=input",
  "filename=..\\..\\secret.png&type=input",
  "filename=secret.png&subfolder=..%2f..&type=output",
  "filename=x.png%00.png&type=input",
  "filename=queue.sqlite&type=input",
  "filename=nothing.png&type=temp",
])("a view of %s shows nothing", async (query) => {
  const response = await fetch(`${server.origin}/view?${query}`);
  expect([403, 404]).toContain(response.status);
  expect(await response.text()).not.toContain("secret");
});

test.each(["", "filename=", "filename=a&type=other", "filename=a&channel=x"])(
  "a view of %j is 400",
  async (query) => {
    expect((await fetch(`${server.origin}/view?${query}`)).status).toBe(400);
  },
);

test.each(["../../secret.png", "/etc/hostname", "uploads/../../../secret.png", "a\u0000b.png"])(
  "a prompt does not load %j",
  async (image) => {
    const prompt = { ...doubling, "1": { class_type: "LoadImage", inputs: { image } } };
    const { status, json } = await post("/prompt", { prompt });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      node_errors: { "1": { errors: [{ type: "custom_validation_failed" }] } },
    });
    const own = {
      "1": { class_type: "image/load", inputs: { path: image } },
      "2": { class_type: "image/save", inputs: { image: ["1", 0], path: "out.png" } },
    };
    const answer = await post("/prompt", { prompt: own });
    if (answer.status === 200) {
      const [job] = server.running.services.jobs.list({ limit: 1 });
      expect((await server.until(job?.id ?? "")).status).toBe("failed");
    }
  },
);

test.each(["../../../out", "/tmp/out", "..\\..\\out", "%date%/../../out"])(
  "a prompt does not save to %j",
  async (prefix) => {
    const inputs = { images: ["1", 0], filename_prefix: prefix };
    const prompt = { "1": doubling["1"], "2": { class_type: "SaveImage", inputs } };
    const { status } = await post("/prompt", { prompt });
    if (status !== 200) return;
    const [job] = server.running.services.jobs.list({ limit: 1 });
    const ended = await server.until(job?.id ?? "");
    const names = ended.results.map(({ name }) => name);
    expect(names.some((name) => name.includes(".."))).toBe(false);
  },
);

test("a foreign page is refused", async () => {
  for (const headers of [
    { origin: "https://elsewhere.example" },
    { "sec-fetch-site": "cross-site" },
  ]) {
    const response = await fetch(`${server.origin}/prompt`, { headers });
    expect(response.status).toBe(403);
  }
});

test("whatever is sent as a prompt is answered", async () => {
  const value = fc.oneof(fc.jsonValue(), fc.constant(["1", 0]), fc.constant(["2", -1]));
  const node = fc.record({
    class_type: fc.constantFrom(
      "LoadImage",
      "SaveImage",
      "image/resize",
      "KSampler",
      "x",
      "toString",
    ),
    inputs: fc.oneof(
      fc.dictionary(fc.constantFrom("image", "images", "__proto__", "a.0"), value),
      value,
    ),
  });
  const id = fc.constantFrom("1", "2", "__proto__", "constructor", "a/b", "a.b", "");
  const prompt = fc.oneof(fc.jsonValue(), fc.dictionary(id, fc.oneof(node, fc.jsonValue())));
  const rest = fc.record(
    { client_id: value, prompt_id: value, extra_data: value, number: value, front: value },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(prompt, rest, async (sent, others) => {
      const { status } = await post("/prompt", { ...others, prompt: sent });
      expect([200, 400]).toContain(status);
    }),
    { numRuns: 300 },
  );
  expect((await ask(server, "GET", "/prompt")).status).toBe(200);
});
