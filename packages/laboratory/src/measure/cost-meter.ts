import type { RunEvent, Tensor, TensorProgram } from "@diopter/engine";
import { isSamplingStep } from "@diopter/nodes/sampling";
import { type CountedProgram, costOf, countedProgram } from "./count-operations.js";

/** What one program of a node has cost. */
export interface ProgramUse {
  /** Identifies weights and graph. */
  readonly key: string;
  readonly runs: number;
  /** Pictures or tiles that went through a denoiser: its runs times their batch. */
  readonly evaluations: number;
  readonly macs: number;
  readonly parameters: number;
  readonly complete: boolean;
}

/** What one node has cost. */
export interface NodeCost {
  readonly milliseconds: number;
  readonly programs: readonly ProgramUse[];
}

/**
 * Adds up what each node costs in one run whose nodes run one after the other: what the device is
 * asked for belongs to the node that began last. Graphs are counted once per program.
 */
export class CostMeter {
  readonly #counted: Map<string, CountedProgram>;
  readonly #uses = new Map<string, Map<string, ProgramUse>>();
  #node = "";

  /** @param counted kept by whoever meters many runs. */
  constructor(counted: Map<string, CountedProgram> = new Map()) {
    this.#counted = counted;
  }

  event(event: RunEvent): void {
    if (event.type === "node-started") this.#node = event.node;
  }

  run(program: TensorProgram, inputs: Readonly<Record<string, Tensor>>): void {
    const counted = this.#counted.get(program.key) ?? countedProgram(program);
    this.#counted.set(program.key, counted);
    const shapes = Object.entries(inputs).map(([name, { shape }]) => [name, shape] as const);
    const cost = costOf(counted, Object.fromEntries(shapes));
    const uses = this.#uses.get(this.#node) ?? new Map<string, ProgramUse>();
    this.#uses.set(this.#node, uses);
    const before = uses.get(program.key);
    const batch = isSamplingStep(program) ? (inputs.sample?.shape[0] ?? 1) : 0;
    uses.set(program.key, {
      key: program.key,
      runs: (before?.runs ?? 0) + 1,
      evaluations: (before?.evaluations ?? 0) + batch,
      macs: (before?.macs ?? 0) + cost.macs,
      parameters: cost.parameters,
      complete: (before?.complete ?? true) && cost.complete,
    });
  }

  /** What a node asked the device for. */
  programsOf(node: string): readonly ProgramUse[] {
    return [...(this.#uses.get(node)?.values() ?? [])];
  }
}

/** What a result costs: all nodes that it depends on. */
export interface ResultCost {
  readonly milliseconds: number;
  readonly evaluations: number;
  readonly macs: number;
  readonly parameters: number;
  readonly complete: boolean;
}

/** The sum over nodes; a program that several of them run has its weights counted once. */
export function sumOfCosts(nodes: readonly NodeCost[]): ResultCost {
  const uses = nodes.flatMap(({ programs }) => programs);
  const sum = (value: (use: ProgramUse) => number, of = uses) =>
    of.reduce((total, use) => total + value(use), 0);
  const distinct = [...new Map(uses.map((use) => [use.key, use])).values()];
  return {
    milliseconds: nodes.reduce((total, { milliseconds }) => total + milliseconds, 0),
    evaluations: sum(({ evaluations }) => evaluations),
    macs: sum(({ macs }) => macs),
    parameters: sum(({ parameters }) => parameters, distinct),
    complete: uses.every(({ complete }) => complete),
  };
}
