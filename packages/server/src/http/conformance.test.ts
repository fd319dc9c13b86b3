import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  deviceListSchema,
  errorAnswerSchema,
  freedSchema,
  healthSchema,
  jobEventsSchema,
  jobListSchema,
  jobSchema,
  modelListSchema,
  nodeListSchema,
  queueStateSchema,
  savedWorkflowSchema,
  templateListSchema,
  uploadedSchema,
  workflowAnswerSchema,
  workflowListSchema,
} from "../protocol/index.js";
import { startTestServer, type TestServer } from "../testing/index.js";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const add = (value: number) => ({ type: "test-nodes:number/add", version: 1, params: { value } });
const workflow = { diopter: 1, name: "Sum", nodes: { a: add(2) } };

async function answer<T>(
  schema: z.ZodType<T>,
  status: number,
  method: string,
  path: string,
  body?: unknown,
) {
  const response = await server.call(method, path, body);
  const json: unknown = await response.json();
  expect([response.status, json]).toEqual([status, expect.anything()]);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  return schema.parse(json);
}

describe("every route answers as its schema says:", () => {
  it("what the server is", async () => {
    expect(await answer(healthSchema, 200, "GET", "/health")).toMatchObject({ status: "ok" });
    const { nodes, sockets } = await answer(nodeListSchema, 200, "GET", "/nodes");
    expect(nodes.map(({ type }) => type)).toContain("image/load");
    expect(nodes.map(({ type }) => type)).toContain("test-nodes:number/add");
    expect(Object.keys(sockets)).toContain("IMAGE");
    expect(JSON.stringify(nodes)).not.toContain(process.cwd());
    const { models } = await answer(modelListSchema, 200, "GET", "/models");
    expect(models.map(({ name }) => name)).toContain("vae");
    await answer(deviceListSchema, 200, "GET", "/devices");
    const metrics = await (await server.call("GET", "/metrics")).text();
    expect(metrics).toMatch(/^diopter_jobs\{status="queued"\} \d+$/m);
  });

  it("workflows", async () => {
    const draft = { ...workflow, nodes: { a: { ...add(1), inputs: { terms: ["gone", "sum"] } } } };
    await answer(savedWorkflowSchema, 200, "PUT", "/workflows/folder/draft", draft);
    const { workflows } = await answer(workflowListSchema, 200, "GET", "/workflows");
    expect(workflows).toMatchObject([{ id: "folder/draft", name: "Sum" }]);
    expect(await answer(workflowAnswerSchema, 200, "GET", "/workflows/folder/draft")).toEqual(
      draft,
    );
    await answer(errorAnswerSchema, 400, "POST", "/jobs", { workflow: "folder/draft" });
    expect((await server.call("DELETE", "/workflows/folder/draft")).status).toBe(204);
    await answer(errorAnswerSchema, 404, "GET", "/workflows/folder/draft");
    const { templates } = await answer(templateListSchema, 200, "GET", "/templates");
    expect(templates.map(({ id }) => id)).toContain("upscale");
    const template = await answer(workflowAnswerSchema, 200, "GET", "/templates/upscale");
    expect(template.nodes.photo).toMatchObject({
      params: { path: "examples/orchard-192x128.jpg" },
    });
    await answer(errorAnswerSchema, 404, "GET", "/templates/nothing");
  });

  it("pictures", async () => {
    const picture = await server.call("GET", "/files?path=examples/orchard-192x128.jpg");
    expect(picture.headers.get("content-type")).toBe("image/jpeg");
    const bytes = await picture.arrayBuffer();
    const form = new FormData();
    form.append("file", new Blob([bytes]), "my photo.jpg");
    const response = await fetch(`${server.origin}/api/v1/uploads`, { method: "POST", body: form });
    expect(response.status).toBe(201);
    const { path, width, height } = uploadedSchema.parse(await response.json());
    expect({ path, width, height }).toEqual({
      path: "uploads/my photo.jpg",
      width: 192,
      height: 128,
    });
    const small = await server.call(
      "GET",
      `/files?path=${encodeURIComponent(path)}&preview=png&size=64`,
    );
    expect(small.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await small.arrayBuffer()).readUInt32BE(16)).toBe(64);
    await answer(errorAnswerSchema, 404, "GET", "/files?path=uploads/gone.png");
    await answer(errorAnswerSchema, 400, "GET", "/files?path=a.png&preview=exe");
  });

  it("jobs", async () => {
    await answer(queueStateSchema, 200, "POST", "/queue/pause");
    const first = await answer(jobSchema, 202, "POST", "/jobs", { workflow, name: "first" });
    const second = await answer(jobSchema, 202, "POST", "/jobs", {
      workflow,
      settings: { "a.value": 5 },
    });
    expect(second.position).toBe(1);
    await answer(jobSchema, 200, "POST", `/jobs/${second.id}/move`, { before: first.id });
    const list = await answer(jobListSchema, 200, "GET", "/jobs?status=queued");
    expect(list.queue.paused).toBe(true);
    expect(list.jobs.map(({ id, position }) => [id, position])).toEqual([
      [second.id, 0],
      [first.id, 1],
    ]);
    const urgent = await answer(jobSchema, 200, "POST", `/jobs/${first.id}/priority`, {
      priority: 9,
    });
    expect(urgent).toMatchObject({ priority: 9, position: 0 });
    const cancelled = await answer(jobSchema, 200, "POST", `/jobs/${first.id}/cancel`);
    expect(cancelled).toMatchObject({ status: "cancelled", error: { code: "run/cancelled" } });
    await answer(errorAnswerSchema, 409, "POST", `/jobs/${first.id}/cancel`);
    expect(await answer(jobSchema, 200, "POST", `/jobs/${first.id}/retry`)).toMatchObject({
      status: "queued",
    });
    expect((await server.call("DELETE", `/jobs/${first.id}`)).status).toBe(204);
    await answer(errorAnswerSchema, 404, "GET", `/jobs/${first.id}`);
    await answer(queueStateSchema, 200, "POST", "/queue/resume");
    await server.until(second.id);
    const ended = await answer(jobSchema, 200, "GET", `/jobs/${second.id}`);
    expect(ended).toMatchObject({ status: "succeeded", readings: { "a.sum": 5 } });
    const { events } = await answer(jobEventsSchema, 200, "GET", `/jobs/${second.id}/events`);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    await answer(freedSchema, 200, "POST", "/memory/free");
    await answer(errorAnswerSchema, 404, "GET", `/results/${"0".repeat(64)}/a.png`);
    await answer(errorAnswerSchema, 404, "POST", "/nothing");
  });
});

describe("the OpenAPI document", () => {
  it("names every route that is served, and refers to nothing that is not there", async () => {
    const response = await server.call("GET", "/openapi.json");
    const text = await response.text();
    const document = z
      .object({
        openapi: z.literal("3.1.0"),
        paths: z.record(
          z.string(),
          z.record(z.string(), z.looseObject({ operationId: z.string() })),
        ),
        components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
      })
      .parse(JSON.parse(text));
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({ path, method, operationId })),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    const served = operations.map(
      ({ method, path }) => `${method} ${path.slice("/api/v1".length)}`,
    );
    expect(served).toEqual(
      expect.arrayContaining([
        "get /health",
        "get /nodes",
        "get /models",
        "get /devices",
        "get /metrics",
        "get /openapi.json",
        "get /workflows",
        "get /workflows/{id}",
        "put /workflows/{id}",
        "delete /workflows/{id}",
        "get /templates",
        "get /templates/{id}",
        "post /uploads",
        "get /files",
        "post /jobs",
        "get /jobs",
        "get /jobs/{id}",
        "delete /jobs/{id}",
        "post /jobs/{id}/cancel",
        "post /jobs/{id}/retry",
        "post /jobs/{id}/move",
        "post /jobs/{id}/priority",
        "get /jobs/{id}/events",
        "get /results/{hash}",
        "get /results/{hash}/{name}",
        "post /queue/pause",
        "post /queue/resume",
        "post /memory/free",
      ]),
    );
    const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name,
    );
    for (const name of references) expect(Object.keys(document.components.schemas)).toContain(name);
    expect(references.length).toBeGreaterThan(20);
  });
});

it("a full queue answers 503 and says when to come back", async () => {
  const small = await startTestServer({ settings: { queueLimit: 1 } });
  try {
    await small.call("POST", "/queue/pause");
    await small.submit(workflow.nodes);
    const refused = await small.call("POST", "/jobs", { workflow });
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await refused.json()).toMatchObject({ error: { code: "queue/full" } });
  } finally {
    await small.close();
  }
});
