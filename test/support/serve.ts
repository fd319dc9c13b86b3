import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./diopter.js";

/** A server of its own, with a data folder of its own. */
export interface ServedDiopter {
  readonly address: string;
  /** Its data folder. */
  readonly data: string;
  /** Puts a workflow into its library; the address at which the editor opens it. */
  readonly put: (id: string, workflow: unknown) => Promise<string>;
  /** Kills the process as a crash would, without a word. */
  readonly kill: () => Promise<void>;
  /** Starts it again, on the same port and folder. */
  readonly restart: () => Promise<void>;
  /** Ends it and removes its folder. */
  readonly close: () => Promise<void>;
}

/** Runs `diopter serve` and waits until it listens. */
export async function serveDiopter(): Promise<ServedDiopter> {
  const data = mkdtempSync(join(tmpdir(), "diopter-served-"));
  let { child, address } = await start(data, 0);
  const port = Number(new URL(address).port);
  const kill = () => ended(child, "SIGKILL");
  return {
    address,
    data,
    put: (id, workflow) => putWorkflow(address, id, workflow),
    kill,
    restart: async () => {
      ({ child, address } = await start(data, port));
    },
    close: async () => {
      await kill();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function putWorkflow(address: string, id: string, workflow: unknown): Promise<string> {
  const answer = await fetch(new URL(`api/v1/workflows/${id}`, address), {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(workflow),
  });
  if (!answer.ok) throw new Error(`The library refused ${id}: ${await answer.text()}`);
  return `${address}#workflow=${id}`;
}

function start(data: string, port: number) {
  const command = join(root, "packages/cli/bin/diopter.js");
  const child = spawn(
    process.execPath,
    [command, "serve", "--data", data, "--port", String(port), "--device", "cpu"],
    {
      cwd: data,
      env: {
        ...process.env,
        DIOPTER_CACHE: join(data, "cache"),
        DIOPTER_CONFIG: join(data, "config.json"),
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let said = "";
  return new Promise<{ child: ChildProcess; address: string }>((resolve, reject) => {
    const listen = (text: string) => {
      said += text;
      const [address] = /http:\/\/[^\s]+/.exec(said) ?? [];
      if (address !== undefined && said.includes("listens on")) resolve({ child, address });
    };
    child.stdout.setEncoding("utf8").on("data", listen);
    child.stderr.setEncoding("utf8").on("data", listen);
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
  });
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}
