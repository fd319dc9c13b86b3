import {
  builtInPorts,
  type FilledNode,
  type NodeDescriptor,
  type Port,
  type Ports,
  wiresOf,
} from "@diopter/engine/editing";
import type { CSSProperties } from "react";
import { selectNodes, socketColour, useDocument } from "../state/index.js";
import { inspectorStrings } from "../strings/inspector.js";

interface NodePortsProps {
  readonly id: string;
  readonly node: FilledNode;
  readonly descriptor: NodeDescriptor | undefined;
}

interface End {
  readonly node: string;
  readonly port: string;
}

/** Inputs and outputs, and what they are connected with. */
export function NodePorts({ id, node, descriptor }: NodePortsProps) {
  const { nodes } = useDocument();
  const inputs: Ports = descriptor?.inputs ?? builtInPorts(node, "inputs") ?? {};
  const outputs: Ports = descriptor?.outputs ?? builtInPorts(node, "outputs") ?? {};
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
  readonly ports: Ports;
  readonly ends: (port: string) => readonly End[];
}

function PortList({ heading, ports, ends }: PortListProps) {
  const entries: readonly [string, Port][] = Object.entries(ports);
  if (entries.length === 0) return null;
  return (
    <>
      <h4>{heading}</h4>
      <ul className="ports">
        {entries.map(([name, port]) => {
          const style: CSSProperties = { background: socketColour(port.socket) };
          return (
            <li key={name} title={port.help}>
              <span className="dot" style={style} aria-hidden="true" />
              <span className="port-name">{name}</span>
              <span className="port-type">
                {port.socket}
                {port.optional ? `, ${inspectorStrings.optional}` : ""}
              </span>
              <Ends ends={ends(name)} />
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Ends({ ends }: { readonly ends: readonly End[] }) {
  if (ends.length === 0) return <span className="ends faint">{inspectorStrings.notConnected}</span>;
  return (
    <span className="ends">
      {ends.map(({ node, port }) => (
        <button
          key={`${node}.${port}`}
          type="button"
          aria-label={inspectorStrings.select(node)}
          onClick={() => selectNodes([node])}
        >
          {node}.{port}
        </button>
      ))}
    </span>
  );
}
