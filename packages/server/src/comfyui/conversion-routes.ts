import { findComfyuiTexts, findEmbeddedWorkflow } from "@diopter/nodes";
import { importComfyui, toGraph, toPrompt } from "../comfyui-workflows/index.js";
import { readJson } from "../http/read-json.js";
import { invalidRequest } from "../http/request-errors.js";
import { bare, type Route, route } from "../http/route.js";
import {
  comfyuiExportedSchema,
  comfyuiExportSchema,
  comfyuiImportSchema,
  convertedSchema,
} from "../protocol/index.js";
import type { Services } from "../services.js";
import { receiveBytes } from "./receive-bytes.js";

const tag = "workflows";
const place = { pictures: "uploads/" };

/** Workflows of ComfyUI, there and back, and workflows out of pictures. */
export function conversionRoutes({ registry, library, settings }: Services): readonly Route[] {
  const convert = (data: unknown) => {
    const { document, notes, problems } = importComfyui(data, registry, place);
    return {
      workflow: document,
      notes: [...notes, ...problems.map((problem) => problem.sentence)],
    };
  };
  return [
    route({
      ...bare,
      body: comfyuiImportSchema,
      method: "post",
      path: "/comfyui/import",
      tag,
      summary: "A workflow of ComfyUI, in either of its forms, as one of Diopter.",
      answer: convertedSchema,
      handle: ({ body }) => convert(body),
    }),
    route({
      ...bare,
      body: comfyuiExportSchema,
      method: "post",
      path: "/comfyui/export",
      tag,
      summary: "A workflow of Diopter in both forms of ComfyUI.",
      answer: comfyuiExportedSchema,
      handle: ({ body }) => {
        const document = library.parse(JSON.stringify(body.workflow));
        return { prompt: toPrompt(document, registry), workflow: toGraph(document, registry) };
      },
    }),
    route({
      ...bare,
      method: "post",
      path: "/pictures/workflow",
      tag,
      summary: "The workflow that a picture of Diopter or ComfyUI carries.",
      takes: ["image/*", "application/octet-stream"],
      answer: convertedSchema,
      handle: async ({ request }) => {
        const bytes = await receiveBytes(request, settings.uploadBytes);
        const embedded = await findEmbeddedWorkflow(bytes, "picture");
        if (embedded !== undefined) return { workflow: library.parse(embedded), notes: [] };
        const texts = findComfyuiTexts(bytes);
        const text = texts?.workflow ?? texts?.prompt;
        if (text !== undefined) return convert(readJson(text, settings.workflowDepth));
        const message = "The picture carries no workflow.";
        throw invalidRequest(message, "Choose one that Diopter or ComfyUI has saved.");
      },
    }),
  ];
}
