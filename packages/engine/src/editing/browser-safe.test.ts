import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const statement =
  /^(?:import|export)\s+(?!type\b)(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** Everything that a file imports when it runs, directly or not: our files and bare names. */
function importedBy(entry: URL): { readonly files: string[]; readonly packages: Set<string> } {
  const files = new Set([entry.href]);
  const packages = new Set<string>();
  for (const file of files) {
    const text = readFileSync(fileURLToPath(file), "utf8");
    for (const [, still = "", dynamic] of text.matchAll(statement)) {
      const specifier = dynamic ?? still;
      if (!specifier.startsWith(".")) packages.add(specifier);
      else files.add(new URL(specifier.replace(/\.js$/, ".ts"), file).href);
    }
  }
  return { files: [...files], packages };
}

test("editing runs in a browser: it imports nothing but zod and immer", () => {
  const { files, packages } = importedBy(new URL("index.ts", import.meta.url));
  expect([...packages].sort()).toEqual(["immer", "zod"]);
  expect(files.some((file) => file.endsWith("/sockets/can-connect.ts"))).toBe(true);
});

test("the walk sees what other parts of the engine import", () => {
  const { packages } = importedBy(new URL("../index.ts", import.meta.url));
  expect([...packages]).toContain("node:crypto");
});
