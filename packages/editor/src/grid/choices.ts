import {
  type FilledDocument,
  interfaceOptions,
  type NodeDescriptor,
  type Parameter,
} from "@diopter/engine/editing";
import { parameterTitle } from "../controls/parameter-title.js";
import { parametersOf } from "../inspector/parameters-of.js";

/** A parameter that a grid can vary. */
export interface Choice {
  /** `node.parameter`. */
  readonly target: string;
  readonly node: string;
  readonly name: string;
  readonly title: string;
  /** The node's title, or that it belongs to the interface. */
  readonly group: string;
  readonly parameter: Parameter;
}

/**
 * All parameters of a workflow that a grid can vary: those of the interface first, under their
 * public names, then all others node by node. Where a node writes makes no difference to see.
 */
export function choicesOf(
  document: FilledDocument,
  descriptors: Readonly<Record<string, NodeDescriptor>>,
  interfaceTitle: string,
): readonly Choice[] {
  const all = Object.entries(document.nodes).flatMap(([id, node]) => {
    const descriptor = descriptors[node.type];
    const group = node.title ?? descriptor?.title ?? id;
    const parameters: readonly [string, Parameter][] = Object.entries(
      parametersOf(node, descriptor),
    );
    return parameters
      .filter(([, { kind }]) => kind !== "destination")
      .map(
        ([name, parameter]): Choice => ({
          target: `${id}.${name}`,
          node: id,
          name,
          title: parameterTitle(name, parameter),
          group: `${group} (${id})`,
          parameter,
        }),
      );
  });
  const byTarget = new Map(all.map((choice) => [choice.target, choice]));
  const exposed = interfaceOptions(document, descriptors).flatMap(({ name, node, param }) => {
    const choice = byTarget.get(`${node}.${param}`);
    byTarget.delete(`${node}.${param}`);
    const title = parameterTitle(name, undefined);
    return choice === undefined ? [] : [{ ...choice, title, group: interfaceTitle }];
  });
  return [...exposed, ...byTarget.values()];
}

/** What stands in the field of values at first: something sensible to begin with. */
export function firstValues({ parameter }: Choice): string {
  switch (parameter.kind) {
    case "choice":
      return parameter.options.join("\n");
    case "boolean":
      return "false\ntrue";
    case "seed":
      return "0, 1, 2";
    case "number":
    case "integer":
      return firstNumbers(parameter);
    default:
      return String(parameter.default);
  }
}

function firstNumbers(parameter: Extract<Parameter, { kind: "number" | "integer" }>): string {
  const { kind, default: middle, min, max } = parameter;
  const candidates = kind === "integer" ? [middle, middle * 2] : [middle / 2, middle, middle * 1.5];
  const allowed = candidates.filter(
    (value) => (min === undefined || value >= min) && (max === undefined || value <= max),
  );
  return [...new Set(allowed.length === 0 ? [middle] : allowed)].join(", ");
}
