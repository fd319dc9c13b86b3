import type { WorkflowDocument, WorkflowNode } from "../document/index.js";
import { createRegistry, defineNode, file, image, map, text } from "../nodes/index.js";
import type { Plan } from "./plan.js";
import { planWorkflow } from "./plan-workflow.js";

const about = { version: 1, title: "A node", help: "For tests.", params: {} } as const;

const registry = createRegistry([
  defineNode({
    ...about,
    type: "load",
    inputs: {},
    outputs: { image: image() },
    run: async () => {
      throw new Error();
    },
  }),
  defineNode({
    ...about,
    type: "host",
    inputs: { image: image(), mask: map({ optional: true }) },
    outputs: { image: image(), map: map() },
    run: async () => {
      throw new Error();
    },
  }),
  defineNode({
    ...about,
    type: "graph",
    inputs: { image: image(), second: image({ optional: true }) },
    outputs: { image: image() },
    graph: (_graph, inputs) => ({ image: inputs.image }),
  }),
  defineNode({
    ...about,
    type: "files",
    inputs: {},
    params: { path: file({ default: "", content: "image", many: true }) },
    outputs: { image: image() },
    run: async () => {
      throw new Error();
    },
  }),
  defineNode({
    ...about,
    type: "split",
    inputs: { image: image() },
    outputs: { images: image({ list: true }) },
    run: async () => {
      throw new Error();
    },
  }),
  defineNode({
    ...about,
    type: "collect",
    inputs: { images: image({ list: true }) },
    params: { over: text({ default: "" }) },
    outputs: { image: image() },
    run: async () => {
      throw new Error();
    },
  }),
  defineNode({
    ...about,
    type: "save",
    inputs: { image: image() },
    outputs: {},
    sideEffect: true,
    run: async () => ({}),
  }),
]);

export type Nodes = Readonly<Record<string, Omit<WorkflowNode, "version">>>;

const documentOf = (nodes: Nodes): WorkflowDocument => ({
  diopter: 1,
  name: "Test",
  nodes: Object.fromEntries(
    Object.entries(nodes).map(([id, node]) => [id, { version: 1, ...node }]),
  ),
});

export const planOf = (nodes: Nodes, targets?: readonly string[]) =>
  planWorkflow(documentOf(nodes), registry, { targets });

export const stepsOf = (plan: Plan) =>
  plan.steps.map((step) => step.nodes.map((node) => node.id).join("+"));

export const nodeOf = (plan: Plan, id: string) =>
  plan.steps.flatMap((step) => step.nodes).find((node) => node.id === id);

export const from = (node: string, output = "image") => [node, output] as const;
