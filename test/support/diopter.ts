import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

/** The root of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A finished call of the command. */
export interface Call {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** How to call the command. */
export interface CallOptions {
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Interrupts as Ctrl+C does, once standard error has shown this. */
  readonly interruptAt?: RegExp;
}

/** A folder for one test file, gone when its tests are done; with a cache of its own. */
export function workspace() {
  const folder = mkdtempSync(join(tmpdir(), "diopter-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    path: (...parts: string[]) => join(folder, ...parts),
    diopter: (words: readonly string[], options: CallOptions = {}) =>
      callDiopter(words, folder, options),
  };
}

function callDiopter(
  words: readonly string[],
  folder: string,
  { directory = folder, environment = {}, interruptAt }: CallOptions,
): Promise<Call> {
  const child = spawn(process.execPath, [join(root, "packages/cli/bin/diopter.js"), ...words], {
    cwd: directory,
    env: {
      ...process.env,
      DIOPTER_CACHE: join(folder, "cache"),
      DIOPTER_CONFIG: join(folder, "config.json"),
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
    if (interruptAt?.test(err) === true) child.kill("SIGINT");
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}
