import { type FilledNode, wiresOf } from "@diopter/engine/editing";
import type { CSSProperties } from "react";
import { useStore } from "zustand";
import { calledByPath, calledStore } from "../canvas/called-store.js";
import { leavingOutputs, type ShownPort, shownPorts } from "../canvas/node-ports.js";
import { selectNodes, socketColour, useDescriptors, useDocument } from "../state/index.js";
import { inspectorStrings } from "../strings/inspector.js";

interface NodePortsProps {
  readonly id: string;
  readonly node: FilledNode;
}

interface End {
  readonly node: string;
  readonly port: string;
}

/** Inputs and outputs, and what they are connected with. */
export function NodePorts({ id, node }: NodePortsProps) {
  const document = useDocument();
  const { nodes } = document;
  const registry = useDescriptors();
  const state = useStore(calledStore);
  const called = calledByPath([node], state);
  const leaving = leavingOutputs(document);
  const { inputs, outputs } = shownPorts(id, node, { document, registry, called, leaving });
  const sources = (input: string): readonly End[] =>
    wiresOf(node.inputs[input]).map(([source, output]) => ({ node: source, port: output }));
  const targets = (output: string): readonly End[] =>
    Object.entries(nodes).flatMap(([other, { inputs: wired }]) =>
      Object.entries(wired)
        .filter(([, wires]) => wiresOf(wires).some(([n, o]) => n === id && o === output))
        .map(([port]) => ({ node: other, port })),
    );
  return (
    <section className="group" aria-label={inspectorStrings.ports}>
      <h3>{inspectorStrings.ports}</h3>
      <PortList heading={inspectorStrings.inputs} ports={inputs} ends={sources} />
      <PortList heading={inspectorStrings.outputs} ports={outputs} ends={targets} />
    </section>
  );
}

interface PortListProps {
  readonly heading: string;
  readonly ports: readonly ShownPort[];
  readonly ends: (port: string) => readonly End[];
}

function PortList({ heading, ports, ends }: PortListProps) {
  if (ports.length === 0) return null;
  return (
    <>
      <h4>{heading}</h4>
      <ul className="ports">
        {ports.map((port) => {
          const { name, socket } = port;
          const background = socket === undefined ? "var(--text-faint)" : socketColour(socket);
          const style: CSSProperties = { background };
          return (
            <li key={name} title={port.help}>
              <span className="dot" style={style} aria-hidden="true" />
              <span className="port-name">{name}</span>
              <span className="port-type">{typeText(port)}</span>
              <Ends ends={ends(name)} />
            </li>
          );
        })}
      </ul>
    </>
  );
}

function typeText({ socket, isOptional, isGone }: ShownPort): string {
  if (isGone === true) return inspectorStrings.gone;
  const type = socket ?? inspectorStrings.anything;
  return isOptional ? `${type}, ${inspectorStrings.optional}` : type;
}

function Ends({ ends }: { readonly ends: readonly End[] }) {
  if (ends.length === 0) return <span className="ends faint">{inspectorStrings.notConnected}</span>;
  return (
    <span className="ends">
      {ends.map(({ node, port }) => (
        <button
          key={`${node}.${port}`}
          type="button"
          aria-label={inspectorStrings.select(`${node}.${port}`)}
          onClick={() => selectNodes([node])}
        >
          {node}.{port}
        </button>
      ))}
    </span>
  );
}
