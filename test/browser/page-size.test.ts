import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { root } from "../support/diopter.js";

const page = join(root, "packages/editor/page");
const most = 250_000;

test("the page is under 250 kB gzipped before its lazy parts, and names no other origin", () => {
  const html = readFileSync(join(page, "index.html"), "utf8");
  const files = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path]) => path ?? "");
  expect(files.some((path) => path.endsWith(".js"))).toBe(true);
  const sizes = [...files, "index.html"].map(
    (path) => gzipSync(readFileSync(join(page, path)), { level: 9 }).length,
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(most);
  expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
});
