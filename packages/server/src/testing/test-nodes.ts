import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The package that {@link installTestNodes} writes; its types are `test-nodes:subject/name`. */
export const testPackage = "test-nodes";

/** Nodes that are quick, slow, deaf or deadly. */
const program = `
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const shape = { version: 1, title: "Test", help: "For tests.", inputs: {}, outputs: {} };
const text = { kind: "text", default: "" };
const integer = { kind: "integer", default: 0 };
const number = { socket: "NUMBER" };
const terms = { socket: "NUMBER", list: true, optional: true };
const save = { ...shape, outputs: { path: { socket: "TEXT" } }, sideEffect: true };

export const definitions = [
  {
    ...shape, type: "number/add", inputs: { terms }, params: { value: integer }, outputs: { sum: number },
    run: async ({ terms = [] }, { value }) => ({ sum: terms.reduce((sum, term) => sum + term, value) }),
  },
  {
    ...save, type: "file/write", inputs: { terms }, params: { path: { kind: "destination", default: "out.txt" }, content: text },
    run: async ({ terms = [] }, { path, content }, context) => {
      const target = context.resolveOutput(path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content + terms.join(","));
      return { path };
    },
  },
  {
    ...shape, type: "time/steps", params: { steps: integer, milliseconds: integer }, outputs: { sum: number }, deterministic: false,
    run: async (_inputs, { steps, milliseconds }, context) => {
      for (let step = 1; step <= steps; step += 1) {
        context.signal.throwIfAborted();
        await sleep(milliseconds);
        context.progress(step, steps, "step");
      }
      return { sum: steps };
    },
  },
  {
    ...shape, type: "time/block", params: { milliseconds: integer }, outputs: { sum: number }, deterministic: false,
    run: async (_inputs, { milliseconds }) => {
      const end = performance.now() + milliseconds;
      while (performance.now() < end);
      return { sum: milliseconds };
    },
  },
  {
    ...shape, type: "death/kill", params: { unless: text, signal: text }, outputs: { sum: number }, deterministic: false,
    run: async (_inputs, { unless, signal }, context) => {
      if (unless !== "" && existsSync(unless)) return { sum: 1 };
      if (unless !== "") writeFileSync(unless, "");
      await sleep(30);
      if (signal === "deaf") for (;;);
      if (signal === "memory") console.error("FATAL ERROR: JavaScript heap out of memory");
      process.kill(process.pid, signal === "memory" ? "SIGABRT" : signal);
      await sleep(10_000);
      return { sum: 1 };
    },
  },
  {
    ...shape, type: "death/throw", params: { message: text }, outputs: { sum: number },
    run: async (_inputs, { message }, context) => { throw new Error(message.replace("LIBRARY", context.resolve("."))); },
  },
  {
    ...shape, type: "file/read", params: { path: { kind: "file", default: "", content: "any" } }, outputs: { sum: number },
    run: async (_inputs, { path }, context) => { context.resolve(path); return { sum: 1 }; },
  },
];
`;

/** Writes the package beside a configuration file in a folder; tells that file's path. */
export function installTestNodes(folder: string): string {
  const place = join(folder, "node_modules", testPackage);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "index.js"), program);
  const manifest = { name: testPackage, version: "1.0.0", type: "module", exports: "./index.js" };
  writeFileSync(join(place, "package.json"), JSON.stringify(manifest));
  return join(folder, "config.json");
}
