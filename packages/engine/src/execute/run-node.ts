import { isItemList, type NodeOutputs, type OutputValue } from "../cache/index.js";
import { DiopterError } from "../errors/index.js";
import type { NodeDefinition, Parameters, Ports, RunContext, RunNode } from "../nodes/index.js";
import { manyFilesParameter } from "../plan/index.js";
import type { SocketValue } from "../sockets/index.js";
import { type InputElement, isNeeded, type LinkedInput, type StepItem } from "./step-item.js";

/**
 * Runs an item's node on the values of its sources and checks what it gives.
 * @throws DiopterError `node/invalid-value` when an output is missing or of the wrong form; and
 * whatever the node throws.
 */
export async function runNode(
  item: StepItem,
  definition: RunNode<Ports, Parameters, Ports>,
  context: RunContext,
): Promise<NodeOutputs> {
  const outputs = await definition.run(inputValues(item), itemParameters(item), context);
  checkOutputs(definition, outputs);
  return outputs;
}

/**
 * The lazy inputs that an item's node asks for.
 * @throws DiopterError `document/missing-input` when one of them is not wired; and whatever the
 * node throws.
 */
export function chooseInputs(item: StepItem): ReadonlySet<string> {
  const { definition } = item.state.node;
  const lazy = Object.keys(definition.inputs).filter((port) => definition.inputs[port]?.lazy);
  if (definition.run === undefined || definition.needs === undefined) return new Set(lazy);
  const chosen = definition.needs(itemParameters(item), inputValues(item));
  for (const port of chosen) {
    if (definition.inputs[port]?.optional || item.inputs?.some((input) => input.port === port)) {
      continue;
    }
    throw new DiopterError("document/missing-input", {
      message: "The node asks for an input that is not wired.",
      remedy: "Wire the input, or choose another.",
      port,
    });
  }
  return new Set(chosen);
}

/** The parameters with the file at the item's place of an iteration over files. */
function itemParameters(item: StepItem) {
  const { params, definition } = item.state.node;
  const many = manyFilesParameter(definition);
  return many === undefined || item.file === undefined ? params : { ...params, [many]: item.file };
}

/** The values that arrive, by port; what is not wired or not asked for is absent. */
function inputValues(item: StepItem): Record<string, OutputValue> {
  const values: Record<string, OutputValue> = {};
  const needed = isNeeded(item);
  for (const input of item.inputs ?? []) {
    const value = needed(input) ? arrivingValue(input) : undefined;
    if (value !== undefined) values[input.port] = value;
  }
  return values;
}

/** The value, or the values, that arrive at an input. */
export function arrivingValue({ list, elements }: LinkedInput): OutputValue | undefined {
  if (list) return elements.map(elementValue);
  const [only] = elements;
  return only === undefined ? undefined : elementValue(only);
}

function elementValue({ item, node, output, element }: InputElement): SocketValue {
  const value = item.outputs?.get(node)?.[output];
  const one = value !== undefined && isItemList(value) ? value[element ?? 0] : value;
  if (one === undefined || isItemList(one)) {
    throw new DiopterError("internal/defect", {
      message: `The value of "${node}", ${output}, is gone.`,
      remedy: "This is a defect: please report it with the workflow.",
    });
  }
  return one;
}

function checkOutputs(definition: NodeDefinition, outputs: NodeOutputs): void {
  let length: number | undefined;
  for (const [port, { list }] of Object.entries(definition.outputs)) {
    const value = outputs?.[port];
    if (value === undefined) throw invalidOutput(port, "gave no value");
    if (list !== true) continue;
    if (!isItemList(value)) throw invalidOutput(port, "gave no list");
    if (length !== undefined && value.length !== length) {
      throw invalidOutput(port, "gave a list of another length than its other lists");
    }
    length = value.length;
  }
}

function invalidOutput(port: string, did: string): DiopterError {
  return new DiopterError("node/invalid-value", {
    message: `The node ${did} for its output "${port}".`,
    remedy: "This is a defect of the node: report it to whoever wrote it.",
    port,
  });
}
