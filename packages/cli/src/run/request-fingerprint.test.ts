import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createRegistry,
  defineNode,
  destination,
  file,
  type ParameterValue,
  type WorkflowDocument,
} from "@diopter/engine";
import { afterEach, beforeEach, expect, test } from "vitest";
import { requestFingerprint } from "./request-fingerprint.js";

const named = { shipped: import.meta.filename };
const reader = defineNode({
  type: "test/read",
  version: 1,
  title: "Read",
  help: "Names files.",
  inputs: {},
  params: {
    one: file({ default: "", content: "any", named }),
    all: file({ default: "", content: "any", many: true, named }),
    path: destination({ default: "result.png" }),
  },
  outputs: {},
  sideEffect: true,
  run: async () => ({}),
});
const registry = createRegistry([reader]);

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "diopter-fingerprint-"));
  mkdirSync(join(folder, "photos"));
  writeFileSync(join(folder, "photos/a.png"), "first");
  writeFileSync(join(folder, "photos/b.png"), "second");
  writeFileSync(join(folder, "photos/notes.txt"), "words");
});
afterEach(() => rmSync(folder, { recursive: true }));

function request(params: Readonly<Record<string, ParameterValue>>, version = "1.0.0") {
  const nodes = { read: { type: "test/read", version: 1, params } };
  const document: WorkflowDocument = { diopter: 1, name: "Test", nodes };
  const path = join(folder, "workflow.json");
  const opened = { path, folder, document, notes: [], problems: [] };
  return requestFingerprint(document, { registry, opened }, version);
}

/** Of another length, so that no cache by size and time can hide the change. */
const change = (name: string) => writeFileSync(join(folder, "photos", name), `${name} changed`);

test("sees what the program's version and the parameters are, but not where results go", async () => {
  const before = await request({});
  expect(await request({ path: "other.png" })).toBe(before);
  expect(await request({}, "1.0.1")).not.toBe(before);
  expect(await request({ one: "photos/a.png" })).not.toBe(before);
});

test("sees the content of a file, wherever it lies", async () => {
  const before = await request({ one: "photos/a.png" });
  expect(await request({ one: join(folder, "photos/a.png") })).toBe(before);
  change("b.png");
  expect(await request({ one: "photos/a.png" })).toBe(before);
  change("a.png");
  expect(await request({ one: "photos/a.png" })).not.toBe(before);
});

test.each(["photos", "photos/*.png", "photos/?.png"])(
  "sees the content, the names and the number of the files of %s",
  async (all) => {
    const seen = new Set([await request({ all })]);
    change("b.png");
    seen.add(await request({ all }));
    writeFileSync(join(folder, "photos/c.png"), "third");
    seen.add(await request({ all }));
    rmSync(join(folder, "photos/c.png"));
    writeFileSync(join(folder, "photos/d.png"), "third");
    seen.add(await request({ all }));
    rmSync(join(folder, "photos/a.png"));
    seen.add(await request({ all }));
    expect(seen.size).toBe(5);
  },
);

test("leaves files alone that a pattern does not name", async () => {
  const before = await request({ all: "photos/*.png" });
  change("notes.txt");
  expect(await request({ all: "photos/*.png" })).toBe(before);
});

test("takes names for the files that ship", async () => {
  expect(await request({ one: "shipped" })).toBe(await request({ one: import.meta.filename }));
  expect(await request({ all: "shipped" })).not.toBe(await request({ all: "photos" }));
});

test("tells apart which parameter names a file", async () => {
  const [one, all] = [await request({ one: "shipped" }), await request({ all: "shipped" })];
  expect(one).not.toBe(all);
});

test.each([{ one: "gone.png" }, { all: "gone" }, { all: "gone/*.png" }, { all: "photos/*.webp" }])(
  "says that nothing is at %j",
  async (params) => {
    await expect(request(params)).rejects.toMatchObject({
      code: expect.stringMatching(/^file\/(not-found|unreadable)$/),
    });
  },
);
