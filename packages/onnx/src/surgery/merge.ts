import { OnnxModelError } from "../core/errors.js";
import type { OnnxModel } from "../core/model-description.js";
import type { NamedValues } from "../core/value.js";
import { GraphBuilder } from "../graph-builder.js";
import type { ParsedModel } from "./model.js";

export interface MergeOptions {
  readonly name: string;
  readonly first: ParsedModel;
  readonly second: ParsedModel;
  /** For inputs of the second model, the first model's output that feeds them. */
  readonly connect: Readonly<Record<string, string>>;
}

/**
 * One model that runs the first and then the second. Its inputs are the first's and the second's
 * that are not connected; its outputs are the second's and the first's that are not connected.
 *
 * @throws OnnxModelError `opset-mismatch`, `unknown-name`, `type-mismatch`, `shape-mismatch`
 * @throws OnnxBuildError `duplicate-name` when both have an input or output of one name
 */
export function mergeModels({ name, first, second, connect }: MergeOptions): OnnxModel {
  const g = new GraphBuilder({ name, opset: first.opset });
  const firstOutputs = g.scope("first").inline(first, declareInputs(g, first));
  const connected: [string, NamedValues[string]][] = [];
  for (const [input, output] of Object.entries(connect)) {
    const value = firstOutputs[output];
    if (value === undefined) {
      throw new OnnxModelError("unknown-name", `"${first.name}" has no output "${output}"`);
    }
    connected.push([input, value]);
  }
  const bound = Object.fromEntries(connected);
  const secondInputs = { ...declareInputs(g, second, new Set(Object.keys(connect))), ...bound };
  const secondOutputs = g.scope("second").inline(second, secondInputs);
  const used = new Set(Object.values(connect));
  for (const [output, value] of Object.entries(firstOutputs)) {
    if (!used.has(output)) g.output(output, value);
  }
  for (const [output, value] of Object.entries(secondOutputs)) g.output(output, value);
  return g.build();
}

function declareInputs(
  g: GraphBuilder,
  model: ParsedModel,
  except: ReadonlySet<string> = new Set(),
): NamedValues {
  return Object.fromEntries(
    model.inputs
      .filter(({ name }) => !except.has(name))
      .map(({ name, type, shape }) => [name, g.input(name, type, shape)]),
  );
}
