import {
  type FilledNode,
  isBuiltInType,
  type NodeDescriptor,
  type Parameter,
} from "@diopter/engine/editing";
import { ParameterRow } from "../controls/parameter-row.js";
import { useDocument, useNodeStatus } from "../state/index.js";
import { inspectorStrings } from "../strings/inspector.js";
import { changeParameter, resetParameter } from "./edit.js";
import { exposureOf } from "./exposure.js";
import { libraryFiles } from "./file-source.js";
import { useParametersOf } from "./use-parameters.js";

interface NodeParametersProps {
  readonly id: string;
  readonly node: FilledNode;
  readonly descriptor: NodeDescriptor | undefined;
}

/** The rows of a node's parameters. */
export function NodeParameters({ id, node, descriptor }: NodeParametersProps) {
  const options = useDocument().interface;
  const status = useNodeStatus(id);
  const error = status?.state === "failed" ? status.error : undefined;
  const parameters = Object.entries(useParametersOf()(node));
  const canReset = descriptor !== undefined || isBuiltInType(node.type);
  return (
    <section className="group" aria-label={inspectorStrings.parameters}>
      <h3>{inspectorStrings.parameters}</h3>
      {parameters.length === 0 ? <p className="faint">{inspectorStrings.noParameters}</p> : null}
      {parameters.map(([name, parameter]: [string, Parameter]) => (
        <ParameterRow
          key={name}
          name={name}
          parameter={parameter}
          value={node.params[name] ?? parameter.default}
          error={error?.port === name ? error : undefined}
          files={libraryFiles}
          onChange={(value, phase) => changeParameter([id], name, value, phase, parameter.default)}
          onReset={canReset ? () => resetParameter([id], name) : undefined}
          exposure={exposureOf(options, id, name)}
        />
      ))}
    </section>
  );
}
