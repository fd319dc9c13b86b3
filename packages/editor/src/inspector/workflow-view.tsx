import { wiresOf } from "@diopter/engine/editing";
import { useId } from "react";
import { dispatch, sealHistory, useDocument } from "../state/index.js";
import { inspectorStrings } from "../strings/inspector.js";

/** The workflow's own name and description, while no node is chosen. */
export function WorkflowView() {
  const document = useDocument();
  const id = useId();
  const nodes = Object.values(document.nodes);
  const wires = nodes.flatMap((node) => Object.values(node.inputs).flatMap(wiresOf)).length;
  return (
    <section className="node-view" aria-label={inspectorStrings.workflow}>
      <p className="hint">{inspectorStrings.nothingHelp}</p>
      <div className="labelled">
        <label htmlFor={`${id}-name`}>{inspectorStrings.name}</label>
        <input
          id={`${id}-name`}
          className="field"
          maxLength={1000}
          value={document.name}
          onBlur={sealHistory}
          onChange={(event) =>
            dispatch({ kind: "set-document", name: event.target.value }, { key: "name" })
          }
        />
      </div>
      <div className="labelled">
        <label htmlFor={`${id}-description`}>{inspectorStrings.description}</label>
        <textarea
          id={`${id}-description`}
          className="field"
          rows={5}
          value={document.description ?? ""}
          onBlur={sealHistory}
          onChange={(event) =>
            dispatch(
              { kind: "set-document", description: event.target.value || null },
              { key: "description" },
            )
          }
        />
      </div>
      <p className="faint">{inspectorStrings.counts(nodes.length, wires)}</p>
    </section>
  );
}
