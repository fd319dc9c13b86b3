import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";

const packageSchema = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});
const lockSchema = z.object({ packages: z.record(z.string(), packageSchema) });

const lock = lockSchema.parse(
  JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8")),
);
const entries = Object.entries(lock.packages);

it("package-lock.json has an entry for every platform's package, as npm ci demands", () => {
  const named = new Set(entries.map(([path]) => path.replace(/^.*node_modules\//, "")));
  const wanted = entries.flatMap(([, entry]) => Object.keys(entry.optionalDependencies));
  expect(wanted.filter((name) => !named.has(name))).toEqual([]);
});

it("package-lock.json pins every package and names no host", () => {
  const installed = entries.filter(([path, { link }]) => path.includes("node_modules/") && !link);
  expect(installed.filter(([, { version }]) => !version).map(([path]) => path)).toEqual([]);
  expect(entries.filter(([, { resolved }]) => resolved?.includes("://"))).toEqual([]);
});
