import { DiopterError } from "@diopter/engine";

/**
 * S' = { ⌊k·T/T'⌋ : k = 1..T' } in descending order, and 0 behind it: `steps` + 1 timesteps.
 * @param terminal T, the process's last timestep, from which sampling starts.
 * @param steps T', from 1 to T.
 * @throws DiopterError `node/invalid-value` for steps outside 1..T.
 * Source: TSS, eq. 1.
 */
export function uniformTimesteps(terminal: number, steps: number): readonly number[] {
  if (!Number.isSafeInteger(steps) || steps < 1 || steps > terminal) {
    throw new DiopterError("node/invalid-value", {
      message: `A schedule of ${steps} steps does not fit into ${terminal} timesteps.`,
      remedy: `Choose a whole number of steps from 1 to ${terminal}.`,
      port: "steps",
    });
  }
  const ascending = Array.from({ length: steps + 1 }, (_, k) => Math.floor((k * terminal) / steps));
  return ascending.reverse();
}
