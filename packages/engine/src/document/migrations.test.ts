import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createRegistry, defineNode } from "../nodes/index.js";
import { blurNode, documentOf, loadNode, registry } from "./example-nodes.test-support.js";
import { documentMigrations, migrateDocument } from "./migrate-document.js";
import { parseWorkflow } from "./parse-workflow.js";
import { serializeWorkflow } from "./serialize-workflow.js";
import { documentVersion } from "./types.js";
import { untestedMigrations } from "./untested-migrations.js";

const corpus = new URL("../../test/corpus/", import.meta.url);
const texts = readdirSync(corpus).map((name) => readFileSync(new URL(name, corpus), "utf8"));

describe("the corpus", () => {
  test("holds a document of every version ever written", () => {
    const versions = texts.map((text): unknown => JSON.parse(text).diopter);
    for (let version = 1; version <= documentVersion; version++) {
      expect(versions).toContain(version);
    }
    expect(Object.keys(documentMigrations)).toHaveLength(documentVersion - 1);
  });

  test("calls every migration", () => {
    expect(untestedMigrations(texts, registry)).toEqual([]);
  });

  test.each(readdirSync(corpus))("%s reads, and its current form stays as it is", (name) => {
    const document = parseWorkflow(readFileSync(new URL(name, corpus), "utf8"), registry);
    const written = serializeWorkflow(document);
    expect(parseWorkflow(written, registry)).toEqual(document);
    expect(written).toMatchSnapshot();
  });
});

test("a migration that no document calls is named", () => {
  expect(untestedMigrations([], registry)).toEqual(["image/blur 1", "image/blur 2"]);
});

describe("documents", () => {
  const migrations = {
    1: ({ title, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, name: title }),
    2: (old: Readonly<Record<string, unknown>>) => ({ ...old, nodes: {} }),
  };

  test("pass every version on their way", () => {
    const called: unknown[] = [];
    const listener = (...call: unknown[]) => called.push(call);
    const old = Object.freeze({ diopter: 1, title: "x", extra: true });
    const current = migrateDocument(old, listener, migrations, 3);
    expect(current).toEqual({ diopter: 3, name: "x", nodes: {}, extra: true });
    expect(called).toEqual([
      ["document", 1],
      ["document", 2],
    ]);
  });

  test("of a later program are refused", () => {
    const later = { diopter: 4, name: "x" };
    expect(() => migrateDocument(later, undefined, migrations, 3)).toThrow(
      expect.objectContaining({ code: "document/newer-version", remedy: "Update Diopter." }),
    );
  });
});

describe("nodes", () => {
  const old = {
    photo: loadNode,
    first: {
      type: "image/blur",
      version: 1,
      params: { strength: 0.25, window: 5 },
      inputs: { picture: ["photo", "image"] },
    },
    second: { ...blurNode("photo"), inputs: { image: ["first", "picture"] } },
  };

  test("bring their parameters, inputs, wires and public names along", () => {
    const { nodes, interface: options } = documentOf(old, {
      interface: { strength: "first.strength", file: "photo.path" },
    });
    expect(nodes.first).toEqual({
      type: "image/blur",
      version: 3,
      params: { amount: 0.25, window: 5 },
      inputs: { image: ["photo", "image"] },
    });
    expect(nodes.second?.inputs).toEqual({ image: ["first", "image"] });
    expect(options).toEqual({ strength: "first.amount", file: "photo.path" });
  });

  test("that are newer than their definition stay as they are", () => {
    const later = { type: "image/blur", version: 9, params: { unheard: 1 } };
    expect(documentOf({ a: later }).nodes.a).toEqual(later);
  });

  test("whose migration fails are named", () => {
    const load = defineNode({
      type: "image/load",
      version: 2,
      title: "Load",
      help: "Reads a picture.",
      inputs: {},
      params: {},
      outputs: {},
      run: async () => ({}),
      migrations: {
        1: {
          params: () => {
            throw new Error("no such luck");
          },
        },
      },
    });
    const broken = createRegistry([load]);
    const text = JSON.stringify({ diopter: 1, name: "x", nodes: { photo: loadNode } });
    expect(() => parseWorkflow(text, broken)).toThrow(
      expect.objectContaining({
        code: "document/invalid",
        node: "photo",
        message: "no such luck.",
      }),
    );
  });
});
