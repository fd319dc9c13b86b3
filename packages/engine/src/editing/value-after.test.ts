import type { Patch } from "immer";
import { expect, test } from "vitest";
import { valueAfter } from "./value-after.js";

const set = (path: string, value: unknown): Patch => ({ op: "add", path: path.split("."), value });
const remove = (path: string): Patch => ({ op: "remove", path: path.split(".") });

test.each<[string, Patch[], unknown]>([
  ["the last value that was set", [set("a.b", 1), set("a.b", 2)], 2],
  ["a value within a table that was set", [set("a", { b: { c: 1 } })], { c: 1 }],
  [
    "a table and what was set in it since",
    [set("a.b", { c: 1 }), set("a.b.c", 2), remove("a.b.d"), set("a.bc", 3)],
    { c: 2 },
  ],
  [
    "what was set under a name that every table inherits",
    [set("a.b", {}), set("a.b.constructor", 2)],
    { constructor: 2 },
  ],
  ["nothing where it was removed", [set("a.b", 1), remove("a.b")], undefined],
  ["nothing where a table around it was removed", [set("a.b", 1), remove("a")], undefined],
  ["nothing where only what is in it was set", [set("a.b.c", 1)], undefined],
  ["nothing of what a table inherits", [set("a", {})], undefined],
])("after patches stands %s", (_, patches, value) => {
  expect(valueAfter(patches, ["a", "b"])).toEqual(value);
});

test("changes no patch", () => {
  const first = set("a.b", { c: 1 });
  valueAfter([first, set("a.b.c", 2)], ["a", "b"]);
  expect(first.value).toEqual({ c: 1 });
});
