import {
  callType,
  inputType,
  isSocketType,
  type NodeDescriptor,
  outputType,
  type ParameterValue,
  type SocketType,
  valuePort,
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

type ListedSide = Readonly<Record<string, { readonly socket: string; readonly optional: boolean }>>;

interface SavedWorkflow {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly ports?: { readonly inputs: ListedSide; readonly outputs: ListedSide };
}

/**
 * What makes a workflow of workflows: those that are saved, and the ports of this one. `socket`: the
 * type that the ports are made for.
 */
export function workflowOffers(
  workflows: readonly SavedWorkflow[],
  current: string | undefined,
  socket: SocketType = "IMAGE",
): readonly Offer[] {
  const calls = workflows
    .filter(({ id }) => id !== current)
    .map(
      ({ id, name, description, ports }): Offer => ({
        ...base,
        type: callType,
        title: name,
        help: description ?? words.savedWorkflow(id),
        inputs: portsIn(ports?.inputs),
        outputs: portsIn(ports?.outputs),
        preset: { path: pathFrom(current, id) },
      }),
    );
  const port = { [valuePort]: { socket } };
  const preset = { socket };
  return [
    {
      ...base,
      type: inputType,
      title: words.workflowInput,
      help: words.workflowInputHelp,
      outputs: port,
      preset,
    },
    {
      ...base,
      type: outputType,
      title: words.workflowOutput,
      help: words.workflowOutputHelp,
      inputs: port,
      preset,
    },
    ...calls,
  ];
}

/** Ports of a newer kind than this page knows are left out. */
function portsIn(side: ListedSide = {}): NodeDescriptor["inputs"] {
  return Object.fromEntries(
    Object.entries(side).flatMap(([name, { socket, optional }]) =>
      isSocketType(socket) ? [[name, { socket, optional }]] : [],
    ),
  );
}
