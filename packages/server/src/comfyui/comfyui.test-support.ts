import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import { z } from "zod";
import { startTestServer, type TestServer } from "../testing/test-server.js";

/** A picture that ships, 64 × 64. */
export const cottage = fileURLToPath(
  new URL("../../../../examples/cottage-64x64.png", import.meta.url),
);

export interface Message {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A client of ComfyUI, as it speaks over the wire. */
export class ComfyClient {
  readonly origin: string;
  readonly messages: Message[] = [];
  readonly frames: Buffer[] = [];
  readonly socket: WebSocket;
  readonly #waiting = new Set<() => void>();

  private constructor(origin: string, socket: WebSocket) {
    this.origin = origin;
    this.socket = socket;
    socket.on("message", (data: Buffer, isBinary) => {
      if (isBinary) this.frames.push(data);
      else this.messages.push(JSON.parse(data.toString()));
      for (const check of this.#waiting) check();
    });
  }

  static async connect(origin: string, id = "tester", path = "/ws"): Promise<ComfyClient> {
    const socket = new WebSocket(`${origin.replace("http", "ws")}${path}?clientId=${id}`);
    const client = new ComfyClient(origin, socket);
    await new Promise<void>((resolve, reject) => {
      socket.on("open", resolve);
      socket.on("error", reject);
    });
    return client;
  }

  /** What `find` gives first, now or once more has arrived. */
  until<T>(find: (client: ComfyClient) => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const check = () => {
        const found = find(this);
        if (found === undefined) return;
        this.#waiting.delete(check);
        resolve(found);
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** The messages of one prompt, once its last one has come. */
  run(id: string): Promise<readonly Message[]> {
    return this.until(({ messages }) => {
      const own = messages.filter(({ data }) => data.prompt_id === id);
      const isOver = own.some(({ type, data }) => type === "executing" && data.node === null);
      return isOver ? own : undefined;
    });
  }

  close(): void {
    this.socket.close();
  }
}

export type Prompt = Record<string, { class_type: string; inputs: Record<string, unknown> }>;

/** Loads a picture, doubles it, saves it. */
export const doubling: Prompt = {
  "1": { class_type: "LoadImage", inputs: { image: "photo.png" } },
  "2": {
    class_type: "ImageScaleBy",
    inputs: { image: ["1", 0], upscale_method: "bicubic", scale_by: 2 },
  },
  "3": { class_type: "SaveImage", inputs: { images: ["2", 0], filename_prefix: "double" } },
};

/** A server with a picture among its uploads. */
export async function startComfyui(settings = {}): Promise<TestServer> {
  const server = await startTestServer({ settings });
  copyFileSync(cottage, join(server.running.services.folders.uploads, "photo.png"));
  return server;
}

export const cottageBytes = () => readFileSync(cottage);

/** A request, and its answer as JSON. */
export async function ask(
  server: TestServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly json: unknown }> {
  const response = await fetch(`${server.origin}${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    headers: { "content-type": "application/json" },
  });
  const text = await response.text();
  return { status: response.status, json: text === "" ? undefined : JSON.parse(text) };
}

export const acceptedSchema = z.object({ prompt_id: z.string(), number: z.number() });

/** Queues a prompt, waits until it has ended, and tells its id. */
export async function finish(
  server: TestServer,
  prompt: Prompt,
  rest: object = {},
): Promise<string> {
  const { json } = await ask(server, "POST", "/prompt", { prompt, ...rest });
  const { prompt_id: id } = acceptedSchema.parse(json);
  await server.until(id);
  return id;
}

let count = 0;

/** Another prompt each time, so that nothing of it is remembered. */
export function fresh(): Prompt {
  count += 1;
  const scaled = { ...doubling["2"]?.inputs, scale_by: 1 + count / 100 };
  return { ...doubling, "2": { class_type: "ImageScaleBy", inputs: scaled } };
}
