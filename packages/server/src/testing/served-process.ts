import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Job, jobListSchema, jobSchema } from "../protocol/index.js";
import { installTestNodes, testPackage } from "./test-nodes.js";
import { openSocket } from "./test-server.js";

/** `diopter serve` as a process of its own, which may be killed and started again. */
export class ServedProcess {
  readonly #program: string;
  readonly #folder: string;
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #origin = "";

  /**
   * @param program the command's script.
   * @param folder of data and configuration.
   */
  constructor(program: string, folder: string, environment: Readonly<Record<string, string>> = {}) {
    this.#program = program;
    this.#folder = folder;
    this.#environment = environment;
    const configuration = { packages: [testPackage], device: "cpu" };
    writeFileSync(installTestNodes(folder), JSON.stringify(configuration));
  }

  get data(): string {
    return join(this.#folder, "data");
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Resolves once it listens. */
  async start(): Promise<void> {
    const words = ["serve", "--port", "0", "--data", this.data];
    const child = spawn(
      process.execPath,
      [this.#program, ...words, "--config", this.#configuration],
      {
        env: { ...process.env, ...settings, ...this.#environment },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    this.#child = child;
    const lines = createInterface({ input: child.stdout });
    this.#origin = await new Promise((resolve, reject) => {
      lines.on("line", (line) => {
        const link = /http:\/\/\S+/.exec(line)?.[0];
        if (link !== undefined) resolve(new URL(link).origin);
      });
      lines.on("close", () => reject(new Error("The server ended before it listened.")));
    });
  }

  get origin(): string {
    return this.#origin;
  }

  /** The runner processes that it has. */
  runners(): readonly number[] {
    const children = `/proc/${this.pid}/task/${this.pid}/children`;
    return readFileSync(children, "utf8")
      .split(" ")
      .map(Number)
      .filter((pid) => pid > 0);
  }

  /** As a crash does. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  /** As a person does; tells its exit code. */
  async stop(): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return child?.exitCode ?? null;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
    return child.exitCode;
  }

  async submit(workflow: unknown, rest: object = {}): Promise<Job> {
    const response = await fetch(`${this.#origin}/api/v1/jobs`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ workflow, ...rest }),
    });
    if (response.status !== 202) throw new Error(await response.text());
    return jobSchema.parse(await response.json());
  }

  async jobs(): Promise<readonly Job[]> {
    const response = await fetch(`${this.#origin}/api/v1/jobs?limit=1000`);
    return jobListSchema.parse(await response.json()).jobs;
  }

  /** All jobs, once at most so many of them wait or run. */
  async untilOpen(most: number): Promise<readonly Job[]> {
    const open = new Set<string>();
    let isTold = false;
    const note = (id: string, status: Job["status"]) => {
      isTold = true;
      if (status === "queued" || status === "running") open.add(id);
      else open.delete(id);
    };
    const { messages, send, until, socket } = await openSocket(
      `${this.#origin.replace("http", "ws")}/api/v1/socket`,
    );
    send({ type: "hello", client: "test" });
    send({ type: "watch-queue" });
    await until(() => {
      for (const message of messages.splice(0)) {
        if (message.type === "queue") for (const { id, status } of message.jobs) note(id, status);
        if (message.type === "job-changed") note(message.job.id, message.job.status);
      }
      return isTold && open.size <= most ? true : undefined;
    });
    socket.terminate();
    return this.jobs();
  }

  get #configuration(): string {
    return join(this.#folder, "config.json");
  }
}

const settings = {
  DIOPTER_SERVER_LOG_LEVEL: "error",
  DIOPTER_SERVER_RESTART_MILLISECONDS: "1",
  DIOPTER_SERVER_MAX_ATTEMPTS: "1000",
  DIOPTER_SERVER_REQUESTS_PER_SECOND: "10000",
};
