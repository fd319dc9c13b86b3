import { DiopterError, type LoopPartValue, type ScheduleValue } from "@diopter/engine";
import { readPolicy } from "../dtss.js";
import { uniformTimesteps } from "../schedules/uniform.js";
import { type DynamicPolicy, decide } from "./policy.js";
import type { Planner } from "./run-tiles.js";

/** When tiles take which steps. */
export interface TilePlan {
  /** The timestep at which every tile begins. */
  readonly start: number;
  readonly planner: Planner;
  /** A first guess at the mean interval. */
  readonly interval: number;
}

export interface PlanParts {
  readonly policy: LoopPartValue | undefined;
  readonly gain: LoopPartValue | undefined;
  readonly schedule: ScheduleValue | undefined;
  /** Uniform steps, where there is neither policy nor schedule. */
  readonly steps: number;
  /** T of the model. */
  readonly terminal: number;
}

/**
 * The plan of a policy; without one that of a schedule, which all tiles follow.
 * @throws DiopterError `document/missing-input` for a policy without a gain, `node/invalid-value` for
 * a schedule that these tiles cannot follow.
 */
export function createPlan({ policy, gain, schedule, steps, terminal }: PlanParts): TilePlan {
  if (policy === undefined) {
    const wanted = schedule ?? { kind: "scalar", timesteps: uniformTimesteps(terminal, steps) };
    return scheduledPlan(wanted, terminal);
  }
  if (gain === undefined) throw missingGain("policy", "A policy decides by what steps gain.");
  if (schedule !== undefined) throw invalid("is not followed where there is a policy");
  return dynamicPlan(readPolicy(policy), terminal);
}

function dynamicPlan(policy: DynamicPolicy, terminal: number): TilePlan {
  const planner: Planner = (tile) => {
    const last = tile.steps.at(-1);
    const known = last?.gain === undefined ? undefined : { from: last.from, gain: last.gain };
    const decision = decide(policy, tile.at, known, terminal);
    return decision.leave ? "leave" : decision;
  };
  return {
    start: Math.min(policy.start, terminal),
    planner,
    interval: policy.intervals.mixed,
  };
}

function scheduledPlan(schedule: ScheduleValue, terminal: number): TilePlan {
  if (schedule.kind === "map")
    throw invalid("has timesteps for each place: sampling/sample follows it");
  const { timesteps } = schedule;
  const [first] = timesteps;
  const falls = timesteps.every((timestep, index) => timestep < (timesteps[index - 1] ?? Infinity));
  if (first !== terminal || timesteps.at(-1) !== 0 || !falls) {
    throw invalid(`does not fall from ${terminal} to 0`);
  }
  const planner: Planner = ({ steps }) => ({ to: timesteps[steps.length + 1] ?? 0, category: "" });
  return { start: terminal, planner, interval: terminal / (timesteps.length - 1) };
}

/** What is to be said where a part has no gain to go by. */
export function missingGain(port: string, message: string): DiopterError {
  return new DiopterError("document/missing-input", {
    message,
    remedy: "Wire gain/mmle, gain/metrics or gain/custom to `gain`.",
    port,
  });
}

function invalid(what: string): DiopterError {
  return new DiopterError("node/invalid-value", {
    message: `The schedule ${what}.`,
    remedy: "Leave the schedule out, or wire a uniform or TDS schedule for this model.",
    port: "schedule",
  });
}
