import {
  callType,
  inputType,
  type NodeDescriptor,
  outputType,
  type ParameterValue,
} from "@diopter/engine/editing";
import { searchStrings as words } from "../../strings/search.js";
import { pathFrom } from "../called-workflows.js";

/** Something that the menu of nodes offers: a node type, perhaps with parameters that go with it. */
export interface Offer extends NodeDescriptor {
  readonly preset?: Readonly<Record<string, ParameterValue>>;
}

const base = {
  subject: "workflow",
  version: 1,
  kind: "run",
  inputs: {},
  params: {},
  outputs: {},
  sideEffect: false,
  deterministic: true,
} as const;

interface SavedWorkflow {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
}

/** What makes a workflow of workflows: those that are saved, and the ports of this one. */
export function workflowOffers(
  workflows: readonly SavedWorkflow[],
  current: string | undefined,
): readonly Offer[] {
  const calls = workflows
    .filter(({ id }) => id !== current)
    .map(
      ({ id, name, description }): Offer => ({
        ...base,
        type: callType,
        title: name,
        help: description ?? words.savedWorkflow(id),
        preset: { path: pathFrom(current, id) },
      }),
    );
  const ports: readonly Offer[] = [
    { ...base, type: inputType, title: words.workflowInput, help: words.workflowInputHelp },
    { ...base, type: outputType, title: words.workflowOutput, help: words.workflowOutputHelp },
  ].map((offer) => ({ ...offer, preset: { socket: "IMAGE" } }));
  return [...ports, ...calls];
}
