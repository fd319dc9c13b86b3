import { type Connection, canPlug } from "@diopter/engine/editing";
import { wireStrings as words } from "../strings/wires.js";
import type { ShownPort, ShownPorts } from "./node-ports.js";

/** Why a wire of the document does not fit the ports at its ends, and what helps. */
export interface WireFault {
  /** The node at which it is shown: the one whose ports are not as the wire needs them. */
  readonly node: string;
  readonly sentence: string;
  readonly remedy: string;
}

/** A wire's two ends, and the ports of both nodes. */
export interface WireEnds {
  readonly from: { readonly node: string; readonly output: string };
  readonly to: { readonly node: string; readonly input: string };
  readonly source: ShownPorts | undefined;
  readonly target: ShownPorts | undefined;
}

/**
 * What is wrong with a wire that the document holds. Wires become so where the ports of a node stand
 * in another file, or follow from a parameter; they are kept, for only a person knows where they
 * belong now.
 */
export function wireFault(ends: WireEnds): WireFault | undefined {
  const { from, to } = ends;
  const output = portOf(ends.source?.outputs, from.output);
  const input = portOf(ends.target?.inputs, to.input);
  if (input?.isGone === true) {
    return {
      node: to.node,
      sentence: words.noInput(to.node, to.input),
      remedy: words.rewireInput(fitting(ends.target?.inputs, (port) => canPlugShown(output, port))),
    };
  }
  if (output?.isGone === true) {
    return {
      node: from.node,
      sentence: words.noOutput(from.node, from.output),
      remedy: words.rewireOutput(
        fitting(ends.source?.outputs, (port) => canPlugShown(port, input)),
      ),
    };
  }
  const fits = canPlugShown(output, input);
  if (fits.valid) return undefined;
  return { node: to.node, sentence: fits.sentence, remedy: words.rewire };
}

/** Whether two ports, as they are shown, may be wired; those of unknown type fit all. */
export function canPlugShown(
  output: ShownPort | undefined,
  input: ShownPort | undefined,
): Connection {
  const gone = input?.isGone === true ? input : output?.isGone === true ? output : undefined;
  if (gone !== undefined) {
    return { valid: false, code: "document/unknown-port", sentence: words.gone(gone.name) };
  }
  if (output?.socket === undefined || input?.socket === undefined) return { valid: true };
  return canPlug({ socket: output.socket }, { socket: input.socket });
}

function portOf(ports: readonly ShownPort[] | undefined, name: string): ShownPort | undefined {
  return ports?.find((port) => port.name === name);
}

/** Names of the ports at which the wire would do. */
function fitting(
  ports: readonly ShownPort[] = [],
  plug: (port: ShownPort) => Connection,
): readonly string[] {
  return ports.filter((port) => plug(port).valid).map(({ name }) => name);
}
