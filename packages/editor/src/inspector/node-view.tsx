import { type FilledNode, type NodeDescriptor, splitNodeType } from "@diopter/engine/editing";
import { ChevronDown } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { selectionStore, useDescriptor, useNode } from "../state/index.js";
import { inspectorStrings } from "../strings/inspector.js";
import { LastRun } from "./last-run.js";
import { ModeSwitch } from "./mode-switch.js";
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
    <section ref={view} className="node-view" aria-label={node.title ?? descriptor?.title ?? id}>
      <NodeNames id={id} node={node} descriptor={descriptor} />
      <ModeSwitch ids={[id]} mode={node.mode} />
      <About node={node} descriptor={descriptor} />
      <LastRun id={id} title={node.title ?? descriptor?.title ?? id} />
      <NodeParameters id={id} node={node} descriptor={descriptor} />
      <NodePorts id={id} node={node} descriptor={descriptor} />
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

function focusParameter(view: HTMLElement | null, name: string): void {
  const row = view?.querySelector(`[data-parameter="${CSS.escape(name)}"]`);
  row?.scrollIntoView({ block: "center" });
  // The row's label belongs to its control, wherever buttons stand.
  const control = row?.querySelector("label")?.htmlFor;
  if (control !== undefined) document.getElementById(control)?.focus();
}
