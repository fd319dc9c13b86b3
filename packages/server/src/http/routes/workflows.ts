import { listTemplates, readTemplate } from "../../library/index.js";
import {
  savedWorkflowSchema,
  templateListSchema,
  workflowAnswerSchema,
  workflowContentSchema,
  workflowListSchema,
} from "../../protocol/index.js";
import type { Services } from "../../services.js";
import { bare, type Route, route } from "../route.js";

/** Saved workflows, and those that ship. */
export function workflowRoutes({ library, registry }: Services): readonly Route[] {
  return [
    route({
      ...bare,
      method: "get",
      path: "/workflows",
      tag: "workflows",
      summary: "The library's table of contents.",
      answer: workflowListSchema,
      handle: async () => ({ workflows: await library.list() }),
    }),
    route({
      ...bare,
      method: "get",
      path: "/workflows/{id...}",
      tag: "workflows",
      summary: "A saved workflow, migrated to the current version.",
      answer: workflowAnswerSchema,
      handle: ({ params }) => library.read(params.id ?? ""),
    }),
    route({
      ...bare,
      body: workflowContentSchema,
      method: "put",
      path: "/workflows/{id...}",
      tag: "workflows",
      summary: "Saves a workflow, which need not be able to run.",
      answer: savedWorkflowSchema,
      handle: async ({ params, body }) => {
        const id = params.id ?? "";
        return { id, modified: await library.write(id, library.parse(JSON.stringify(body))) };
      },
    }),
    route({
      ...bare,
      method: "delete",
      path: "/workflows/{id...}",
      tag: "workflows",
      summary: "Removes a saved workflow.",
      status: 204,
      handle: async ({ params, response }) => {
        await library.remove(params.id ?? "");
        response.status(204).end();
      },
    }),
    route({
      ...bare,
      method: "get",
      path: "/templates",
      tag: "workflows",
      summary: "The workflows that ship.",
      answer: templateListSchema,
      handle: async () => ({ templates: await listTemplates(registry) }),
    }),
    route({
      ...bare,
      method: "get",
      path: "/templates/{id}",
      tag: "workflows",
      summary: "A workflow that ships, with paths as they are in the library.",
      answer: workflowAnswerSchema,
      handle: ({ params }) => readTemplate(params.id ?? "", registry),
    }),
  ];
}
