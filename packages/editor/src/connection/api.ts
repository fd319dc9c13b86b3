import {
  comfyuiExportedSchema,
  convertedSchema,
  errorAnswerSchema,
  jobListSchema,
  jobSchema,
  jobWorkflowSchema,
  modelListSchema,
  nodeListSchema,
  pictureListSchema,
  savedWorkflowSchema,
  templateListSchema,
  uploadedSchema,
  workflowAnswerSchema,
  workflowListSchema,
} from "@diopter/server/protocol";
import { z } from "zod";
import { RequestError } from "./request-error.js";

/** Where the page was loaded from, with the server's path before it if there is one. */
export const serverAddress = (path: string): string =>
  new URL(`api/v1/${path}`, pageAddress()).href;

const pageAddress = () =>
  typeof document === "undefined" ? "http://localhost/" : document.baseURI;

interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: unknown;
  /** Bytes that are sent as they are. */
  readonly bytes?: Blob;
}

async function request<T>(schema: z.ZodType<T>, path: string, options: RequestOptions = {}) {
  const { method = "GET", body, bytes } = options;
  const response = await fetch(serverAddress(path), {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" } }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(bytes === undefined ? {} : { body: bytes }),
  });
  const text = await response.text();
  const data: unknown = text === "" ? undefined : parseJson(text);
  if (response.ok) return schema.parse(data);
  const answer = errorAnswerSchema.safeParse(data);
  throw new RequestError(response.status, answer.success ? answer.data.error : undefined);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const segments = (id: string) => id.split("/").map(encodeURIComponent).join("/");
const post = (body?: unknown) => ({ method: "POST" as const, body: body ?? {} });

/** The server's REST interface. Each call throws {@link RequestError} where the server refuses. */
export const api = {
  nodes: () => request(nodeListSchema, "nodes"),
  models: () => request(modelListSchema, "models"),
  workflows: () => request(workflowListSchema, "workflows"),
  workflow: (id: string) => request(workflowAnswerSchema, `workflows/${segments(id)}`),
  saveWorkflow: (id: string, workflow: unknown) =>
    request(savedWorkflowSchema, `workflows/${segments(id)}`, { method: "PUT", body: workflow }),
  deleteWorkflow: (id: string) =>
    request(z.unknown(), `workflows/${segments(id)}`, { method: "DELETE" }),
  templates: () => request(templateListSchema, "templates"),
  template: (id: string) => request(workflowAnswerSchema, `templates/${segments(id)}`),
  upload: (picture: Blob, name: string) =>
    request(uploadedSchema, `uploads?name=${encodeURIComponent(name)}`, {
      method: "POST",
      bytes: picture,
    }),
  pictureWorkflow: (picture: Blob) =>
    request(convertedSchema, "pictures/workflow", { method: "POST", bytes: picture }),
  importComfyui: (data: unknown) => request(convertedSchema, "comfyui/import", post(data)),
  exportComfyui: (workflow: unknown) =>
    request(comfyuiExportedSchema, "comfyui/export", post({ workflow })),
  submit: (job: unknown) => request(jobSchema, "jobs", post(job)),
  jobs: (query = "") => request(jobListSchema, `jobs${query}`),
  job: (id: string) => request(jobSchema, `jobs/${id}`),
  cancelJob: (id: string) => request(z.unknown(), `jobs/${id}/cancel`, post()),
  retryJob: (id: string) => request(z.unknown(), `jobs/${id}/retry`, post()),
  moveJob: (id: string, before: string | null) =>
    request(z.unknown(), `jobs/${id}/move`, post({ before })),
  deleteJob: (id: string) => request(z.unknown(), `jobs/${id}`, { method: "DELETE" }),
  setPriority: (id: string, priority: number) =>
    request(z.unknown(), `jobs/${id}/priority`, post({ priority })),
  /** The document that was submitted, its settings applied. */
  jobWorkflow: (id: string) => request(jobWorkflowSchema, `jobs/${id}/workflow`),
  /** Pictures of the library, the newest first. */
  uploads: () => request(pictureListSchema, "uploads"),
  pauseQueue: () => request(z.unknown(), "queue/pause", post()),
  resumeQueue: () => request(z.unknown(), "queue/resume", post()),
  freeMemory: () => request(z.unknown(), "memory/free", post()),
};

/** The address of a picture of the library or a template, smaller if a size is given. */
export function fileAddress(path: string, size?: number): string {
  const preview = size === undefined ? "" : `&preview=webp;80&size=${size}`;
  return serverAddress(`files?path=${encodeURIComponent(path)}${preview}`);
}
