import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(`../docs/${path}`, import.meta.url), "utf8");

it("docs/nodes.md shows the package of docs/node-package as it is", () => {
  const [, shown] = /```js\n([\s\S]*?)```/.exec(read("nodes.md")) ?? [];
  expect(shown).toBe(read("node-package/index.js"));
});
