import type { FilledNode, NodeDescriptor } from "@diopter/engine/editing";
import { useId, useState } from "react";
import { typeTitle } from "../canvas/scene.js";
import { dispatch, documentStore, sealHistory, selectNodes } from "../state/index.js";
import { inspectorStrings } from "../strings/inspector.js";

interface NodeNamesProps {
  readonly id: string;
  readonly node: FilledNode;
  readonly descriptor: NodeDescriptor | undefined;
}

/** Title, type and id. The title is for people; the id names the node in settings and wires. */
export function NodeNames({ id, node, descriptor }: NodeNamesProps) {
  const label = useId();
  return (
    <header className="node-names">
      <label className="sr-only" htmlFor={label}>
        {inspectorStrings.title}
      </label>
      <input
        id={label}
        className="title-field"
        maxLength={1000}
        placeholder={typeTitle(node, descriptor)}
        value={node.title ?? ""}
        onBlur={sealHistory}
        onChange={(event) =>
          dispatch(
            { kind: "set-title", id, title: event.target.value || null },
            { key: `title ${id}` },
          )
        }
      />
      <div className="ids">
        <span className="mono type" title={node.type}>
          {node.type}
        </span>
        <NodeId id={id} />
      </div>
    </header>
  );
}

const idRule = /^(?!\s)[^.\p{Cc}]{1,200}(?<!\s)$/u;

function NodeId({ id }: { readonly id: string }) {
  const [draft, setDraft] = useState<string>();
  const field = useId();
  const isTaken = (text: string) => Object.hasOwn(documentStore.getState().document.nodes, text);
  const isWrong = draft !== undefined && draft !== id && (!idRule.test(draft) || isTaken(draft));
  const commit = () => {
    setDraft(undefined);
    if (draft === undefined || draft === id || isWrong) return;
    sealHistory();
    if (dispatch({ kind: "rename-node", from: id, to: draft })) selectNodes([draft]);
  };
  return (
    <span className="node-id">
      <label htmlFor={field}>{inspectorStrings.id}</label>
      <input
        id={field}
        className="field mono"
        spellCheck={false}
        autoComplete="off"
        title={inspectorStrings.renameHelp}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? `${field}-rule` : undefined}
        value={draft ?? id}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !isWrong) commit();
          if (event.key !== "Escape" || draft === undefined) return;
          event.stopPropagation();
          setDraft(undefined);
        }}
      />
      {isWrong ? (
        <span className="parameter-fault" id={`${field}-rule`} role="alert">
          {inspectorStrings.idRule}
        </span>
      ) : null}
    </span>
  );
}
