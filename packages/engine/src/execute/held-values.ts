import { Leases, type NodeOutputs } from "../cache/index.js";
import type { RunOptions } from "./run-options.js";
import type { StepItem, StepState } from "./step-item.js";

/** The leases of a run: see `leases` of the options. */
export function leasesOf({ cache, leases }: RunOptions): Leases {
  if (leases !== undefined) return leases;
  return cache === undefined ? new Leases() : new NoLeases();
}

/** Where a cache counts in a ledger that the run does not know, the run must dispose of nothing. */
class NoLeases extends Leases {
  override retain(_outputs: NodeOutputs): void {}
  override release(_outputs: NodeOutputs): void {}
}

/** Lets go of the values of an item that nobody will read again. */
export function releaseValues(item: StepItem, leases: Leases): void {
  for (const outputs of item.outputs?.values() ?? []) leases.release(outputs);
  item.outputs = undefined;
}

/** Lets go, once a run has ended, of all that its report does not hold: readers may never have run. */
export function releaseRest(
  states: readonly StepState[],
  kept: ReadonlySet<string>,
  leases: Leases,
): void {
  for (const item of states.flatMap(({ items }) => [...items.values()])) {
    for (const [node, outputs] of item.outputs ?? []) if (!kept.has(node)) leases.release(outputs);
  }
}
