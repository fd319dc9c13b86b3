import {
  callType,
  type FilledNode,
  inputType,
  isBuiltInType,
  type NodeDescriptor,
  splitNodeType,
} from "@diopter/engine/editing";
import { ChevronDown } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { nodeTitle } from "../canvas/scene.js";
import { selectionStore, useDescriptor, useNode } from "../state/index.js";
import { inspectorStrings } from "../strings/inspector.js";
import { searchStrings } from "../strings/search.js";
import { LastRun } from "./last-run.js";
import { ModeSwitch } from "./mode-switch.js";
import { NodeFaults } from "./node-faults.js";
import { NodeNames } from "./node-names.js";
import { NodeParameters } from "./node-parameters.js";
import { NodePorts } from "./node-ports.js";

/** All about one node. */
export function NodeView({ id }: { readonly id: string }) {
  const node = useNode(id);
  const descriptor = useDescriptor(node?.type ?? "");
  const view = useRef<HTMLElement>(null);
  const wanted = useStore(selectionStore, (state) => state.wantedParameter);
  useEffect(() => {
    if (wanted?.node === id) focusParameter(view.current, wanted.name);
  }, [wanted, id]);
  if (node === undefined) return null;
  return (
    <section ref={view} className="node-view" aria-label={nodeTitle(node, descriptor)}>
      <NodeNames id={id} node={node} descriptor={descriptor} />
      <ModeSwitch ids={[id]} mode={node.mode} />
      <NodeFaults id={id} />
      <About node={node} descriptor={descriptor} />
      <LastRun id={id} title={nodeTitle(node, descriptor)} />
      <NodeParameters id={id} node={node} descriptor={descriptor} />
      <NodePorts id={id} node={node} />
    </section>
  );
}

interface AboutProps {
  readonly node: FilledNode;
  readonly descriptor: NodeDescriptor | undefined;
}

function About({ node, descriptor }: AboutProps) {
  const [open, setOpen] = useState(false);
  const source = splitNodeType(node.type).package;
  if (isBuiltInType(node.type)) return <p className="about">{builtInHelp(node.type)}</p>;
  if (descriptor === undefined) {
    return (
      <div className="warning-box" role="note">
        <p>{inspectorStrings.unknownType(node.type)}</p>
        <p>{inspectorStrings.unknownRemedy(source)}</p>
      </div>
    );
  }
  const isLong = descriptor.help.length > 150;
  return (
    <div className="about">
      <p className={isLong && !open ? "clamped" : undefined}>{descriptor.help}</p>
      {isLong ? (
        <button
          type="button"
          className="more"
          aria-expanded={open}
          aria-label={inspectorStrings.help}
          onClick={() => setOpen(!open)}
        >
          <ChevronDown size={14} />
        </button>
      ) : null}
      {descriptor.source === undefined ? null : (
        <p className="source">
          {inspectorStrings.source}: {descriptor.source}
        </p>
      )}
      {source === undefined ? null : <p className="source">{inspectorStrings.package(source)}</p>}
    </div>
  );
}

const builtInHelp = (type: string): string =>
  type === callType
    ? inspectorStrings.callHelp
    : type === inputType
      ? searchStrings.workflowInputHelp
      : searchStrings.workflowOutputHelp;

function focusParameter(view: HTMLElement | null, name: string): void {
  const row = view?.querySelector(`[data-parameter="${CSS.escape(name)}"]`);
  row?.scrollIntoView({ block: "center" });
  // The row's label belongs to its control, wherever buttons stand.
  const control = row?.querySelector("label")?.htmlFor;
  if (control !== undefined) document.getElementById(control)?.focus();
}
