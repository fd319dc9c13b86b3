import type { FilledNode, Parameter } from "@diopter/engine/editing";
import { ParameterRow } from "../controls/parameter-row.js";
import { selectNodes, useDescriptors, useDocument } from "../state/index.js";
import { inspectorStrings } from "../strings/inspector.js";
import { changeParameter, resetParameter } from "./edit.js";
import { libraryFiles } from "./file-source.js";
import { ModeSwitch } from "./mode-switch.js";
import { useParametersOf } from "./use-parameters.js";

/** Several nodes: what they have in common is changed in all of them at once. */
export function SeveralView({ ids }: { readonly ids: readonly string[] }) {
  const document = useDocument();
  const descriptors = useDescriptors();
  const nodes = ids.flatMap((id) => {
    const node = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
    return node === undefined ? [] : [{ id, node }];
  });
  const modes = new Set(nodes.map(({ node }) => node.mode));
  const [mode] = modes;
  const types = new Set(nodes.map(({ node }) => node.type));
  return (
    <section className="node-view" aria-label={inspectorStrings.several(nodes.length)}>
      <h2>{inspectorStrings.several(nodes.length)}</h2>
      <ModeSwitch ids={nodes.map(({ id }) => id)} mode={modes.size > 1 ? "mixed" : mode} />
      <ul className="node-list">
        {nodes.map(({ id, node }) => {
          const title = node.title ?? descriptors[node.type]?.title ?? node.type;
          return (
            <li key={id}>
              <button
                type="button"
                aria-label={inspectorStrings.select(`${title} ${id}`)}
                onClick={() => selectNodes([id])}
              >
                <span>{title}</span>
                <span className="mono faint">{id}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {types.size === 1 ? (
        <Shared nodes={nodes} />
      ) : (
        <p className="faint">{inspectorStrings.severalTypes}</p>
      )}
    </section>
  );
}

interface SharedProps {
  readonly nodes: readonly { readonly id: string; readonly node: FilledNode }[];
}

function Shared({ nodes }: SharedProps) {
  const first = nodes[0]?.node;
  const parametersOf = useParametersOf();
  if (first === undefined) return null;
  const ids = nodes.map(({ id }) => id);
  return (
    <section className="group" aria-label={inspectorStrings.parameters}>
      <h3>{inspectorStrings.parameters}</h3>
      <p className="faint">{inspectorStrings.severalHelp}</p>
      {Object.entries(parametersOf(first)).map(([name, parameter]: [string, Parameter]) => {
        const values = new Set(nodes.map(({ node }) => node.params[name] ?? parameter.default));
        const [value = parameter.default] = values;
        return (
          <ParameterRow
            key={name}
            name={name}
            parameter={parameter}
            value={value}
            mixed={values.size > 1}
            files={libraryFiles}
            onChange={(next, phase) => changeParameter(ids, name, next, phase, parameter.default)}
            onReset={() => resetParameter(ids, name)}
          />
        );
      })}
    </section>
  );
}
