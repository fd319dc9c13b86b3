import { DiopterError } from "../errors/index.js";
import { suggestName } from "./suggest.js";
import { type Wire, type WorkflowNode, wiresOf } from "./types.js";

/** Where a wire begins, once calls are out of the way. */
export type WireEnd = Wire | "muted" | "unwired";

/** Who is rewired: the node and its input, for messages. */
interface Receiver {
  readonly id: string;
  readonly port: string;
}

/** Remembers which outputs stand for others, and rewires nodes accordingly. */
export class Rewiring {
  readonly #ends = new Map<string, Map<string, WireEnd>>();
  readonly #muted = new Set<string>();

  /** Whoever is wired to this output is to be wired to `end`. */
  redirect(node: string, output: string, end: WireEnd): void {
    const outputs = this.#ends.get(node) ?? new Map<string, WireEnd>();
    this.#ends.set(node, outputs.set(output, end));
  }

  /** Whoever is wired to this node is muted. */
  mute(node: string): void {
    this.#muted.add(node);
  }

  /**
   * The node, wired past everything that was redirected.
   * @throws DiopterError `document/unknown-port` for an output that a called workflow does not have,
   * `document/cycle` for outputs that stand for each other in a circle.
   */
  apply(id: string, node: WorkflowNode): WorkflowNode {
    const wired = Object.entries(node.inputs ?? {});
    if (wired.length === 0) return node;
    const ends = wired.map(([port, value]): [string, WireEnd[]] => [
      port,
      wiresOf(value).map((wire) => this.#follow({ id, port }, wire)),
    ]);
    const muted = ends.some(([, found]) => found.includes("muted"));
    const inputs = ends.map(([port, found]) => [port, asWired(found)]);
    return {
      ...node,
      inputs: Object.fromEntries(inputs.filter(([, value]) => value !== undefined)),
      ...(muted ? { mode: "muted" } : {}),
    };
  }

  #follow(receiver: Receiver, wire: Wire): WireEnd {
    const passed = new Map<string, Wire>();
    let end: WireEnd = wire;
    let next = this.#next(receiver, end);
    while (next !== undefined && typeof end !== "string") {
      const key = JSON.stringify(end);
      if (passed.has(key)) throw circle(receiver, end[0]);
      passed.set(key, end);
      end = next;
      next = this.#next(receiver, end);
    }
    // Long chains are followed once: everything that was passed leads to the end directly.
    for (const [node, output] of passed.values()) this.redirect(node, output, end);
    return end;
  }

  #next(receiver: Receiver, end: WireEnd): WireEnd | undefined {
    if (typeof end === "string") return undefined;
    const [node, output] = end;
    if (this.#muted.has(node)) return "muted";
    const outputs = this.#ends.get(node);
    if (outputs === undefined) return undefined;
    const next = outputs.get(output);
    if (next === undefined) throw unknownOutput(receiver, end, [...outputs.keys()]);
    return next;
  }
}

function asWired(ends: readonly WireEnd[]): Wire | readonly Wire[] | undefined {
  const wires = ends.filter((end) => typeof end !== "string");
  return wires.length > 1 ? wires : wires[0];
}

function circle({ id, port }: Receiver, node: string): DiopterError {
  return new DiopterError("document/cycle", {
    message: `The wires through the called workflow "${node}" run in a circle.`,
    remedy: "Remove one of these wires.",
    node: id,
    port,
  });
}

function unknownOutput(
  { id, port }: Receiver,
  [node, output]: Wire,
  known: readonly string[],
): DiopterError {
  return new DiopterError("document/unknown-port", {
    message: `The workflow called by "${node}" has no output "${output}".`,
    remedy: suggestName(
      output,
      known,
      known.length === 0 ? "It has none." : `It has: ${known.join(", ")}.`,
    ),
    node: id,
    port,
  });
}
