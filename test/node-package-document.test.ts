import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(`../docs/${path}`, import.meta.url), "utf8");

it.each(["index.js", "brightest.js"])(
  "docs/nodes.md shows %s of docs/node-package as it is",
  (name) => {
    const shown = [...read("nodes.md").matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);
    const file = read(`node-package/${name}`);
    expect(shown).toContain(file);
    expect(file.split("\n").length).toBeLessThanOrEqual(40);
  },
);
