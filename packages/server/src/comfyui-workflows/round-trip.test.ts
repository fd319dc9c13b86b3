import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseWorkflow } from "@diopter/engine";
import { trimDocument, viewOf, type WorkflowDocument } from "@diopter/engine/editing";
import { registry } from "@diopter/nodes";
import { describe, expect, test } from "vitest";
import { comfyuiForm, importComfyui, toGraph, toPrompt } from "./index.js";

const folder = fileURLToPath(new URL("../../../../workflows/", import.meta.url));
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith(".json") && !name.endsWith(".schema.json"))
  .map((name) => [name, readFileSync(`${folder}${name}`, "utf8")] as const);

/** A document with everything that has no place in ComfyUI's forms. */
const rich: WorkflowDocument = {
  diopter: 1,
  name: "Rich",
  description: "All sorts.",
  nodes: {
    "my photo": { type: "image/load", version: 1, title: "Photo", params: { path: "a.png" } },
    images: { type: "control/images", version: 1, mode: "muted" },
    one: { type: "metrics/psnr", version: 1, mode: "bypassed" },
    mean: {
      type: "control/mean-metrics",
      version: 1,
      inputs: {
        metrics: [
          ["one", "metrics"],
          ["my photo", "image"],
        ],
      },
    },
    single: { type: "control/mean-metrics", version: 1, inputs: { metrics: [["one", "metrics"]] } },
    called: { type: "workflow/call", version: 1, params: { path: "x.json", strength: 0.5 } },
    out: {
      type: "workflow/output",
      version: 1,
      params: { socket: "IMAGE" },
      inputs: { value: ["called", "picture"] },
    },
    odd: {
      type: "some-package:tone/odd",
      version: 3,
      params: { amount: 1, on: true, text: "" },
      inputs: { in: ["called", "other"] },
    },
    scaled: {
      type: "image/resize",
      version: 1,
      params: { filter: "lanczos", scale: 2 },
      inputs: { image: ["my photo", "image"] },
    },
  },
  interface: { photo: "my photo.path", scale: "scaled.scale" },
  view: {
    positions: { "my photo": [10, 20], scaled: [300, -40.5] },
    frames: { f1: { title: "Input", colour: "#abc", x: 1, y: 2, width: 300, height: 400 } },
    reroutes: {
      "scaled.image": [
        [100, 100],
        [200, 100],
      ],
    },
    collapsed: { scaled: true },
    sizes: { scaled: [333, 111] },
  },
};

const asFile = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.each([...shipped.map(([name, text]) => [name, parseWorkflow(text, registry)] as const)])(
  "%s",
  (_, document) => {
    const { $schema: _schema, ...plain } = document;

    test("comes back from the editor's form unchanged", () => {
      const graph = asFile(toGraph(document, registry));
      expect(comfyuiForm(graph)).toBe("graph");
      const imported = importComfyui(graph, registry);
      expect(imported.notes).toEqual([]);
      expect(trimDocument(imported.document)).toEqual(trimDocument(plain));
    });

    test("comes back from the prompt form, but for frames", () => {
      const prompt = asFile(toPrompt(document, registry));
      expect(comfyuiForm(prompt)).toBe("prompt");
      const imported = importComfyui(prompt, registry);
      expect(imported).toMatchObject({ notes: [], problems: [] });
      expect(trimDocument(imported.document)).toEqual(trimDocument(plain));
    });
  },
);

test("titles, modes, lists, calls, packages and the view come back from the editor's form", () => {
  const imported = importComfyui(asFile(toGraph(rich, registry)), registry);
  expect(trimDocument(imported.document)).toEqual(rich);
});

test("all but the looks comes back from the prompt form", () => {
  const { document } = importComfyui(asFile(toPrompt(rich, registry)), registry);
  expect(trimDocument({ ...document, view: undefined })).toEqual(
    trimDocument({ ...rich, view: undefined }),
  );
  expect(viewOf(document).positions).toEqual(viewOf(rich).positions);
});

test("classes that are not known survive both forms, with their wires", () => {
  const prompt = {
    "1": { class_type: "Weird Class (rg~three)+", inputs: { a: 1, b: ["2", 3], c: "x" } },
    "2": { class_type: "Другой", inputs: { image: ["3", 0] } },
    "3": { class_type: "LoadImage", inputs: { image: "x.png" } },
  };
  const { document, problems } = importComfyui(prompt, registry);
  expect(problems.map(({ code, node }) => `${code} ${node}`)).toEqual([
    "comfyui/unsupported 1",
    "comfyui/unsupported 2",
  ]);
  expect(toPrompt(document, registry)).toMatchObject({
    "1": prompt["1"],
    "2": { class_type: "Другой" },
  });
  const again = importComfyui(asFile(toGraph(document, registry)), registry);
  expect(again.document.nodes).toEqual(document.nodes);
});
