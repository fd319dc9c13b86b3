import { readFileSync } from "node:fs";
import { errorCodes } from "@diopter/engine/errors";
import { expect, it } from "vitest";

const document = readFileSync(new URL("../docs/errors.md", import.meta.url), "utf8");

it("docs/errors.md lists every error code with its exit code, and no other", () => {
  const rows = [...document.matchAll(/^\| `([a-z-]+\/[a-z-]+)` \| (\d+) \| \S/gm)];
  const documented = Object.fromEntries(rows.map(([, code, exit]) => [code, Number(exit)]));
  expect(documented).toEqual(errorCodes);
});

it("docs/errors.md explains every exit code that an error leads to", () => {
  const explained = [...document.matchAll(/^\| (\d+) \| \S/gm)].map(([, exit]) => Number(exit));
  expect(explained).toEqual(expect.arrayContaining([...new Set(Object.values(errorCodes))]));
});
