import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const editor = join(root, "packages/editor");

/**
 * Builds the editor's page, unless it is newer than all that it is made of. What an earlier build
 * left stays beside it: pages that are open in another run still load their lazy parts.
 */
export function setup(): void {
  if (changedAt(join(editor, "page/index.html")) > newestSource()) return;
  const require = createRequire(join(editor, "package.json"));
  const vite = join(dirname(require.resolve("vite/package.json")), "bin/vite.js");
  execFileSync(process.execPath, [vite, "build", "--logLevel", "error", "--emptyOutDir", "false"], {
    cwd: editor,
    // Under a test the page would be React's slow and talkative one.
    env: { ...process.env, NODE_ENV: "production" },
    stdio: "inherit",
  });
}

const sources = [
  "packages/editor/src",
  "packages/editor/public",
  "packages/engine/src",
  "packages/server/src/protocol",
];

function newestSource(): number {
  const files = sources.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      join(root, folder, name),
    ),
  );
  const alone = ["index.html", "vite.config.ts"].map((name) => join(editor, name));
  return Math.max(...[...files, ...alone].map(changedAt));
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
