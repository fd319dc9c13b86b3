import {
  boolean,
  DiopterError,
  defineNode,
  integer,
  type LoopPartValue,
  number,
  policy,
} from "@diopter/engine";
import type { DynamicPolicy } from "./adaptive/policy.js";

const interval = (help: string, value: number) =>
  number({ default: value, min: 0.1, max: 100000, softMax: 500, step: 5, help });

export const dtss = defineNode({
  type: "sampling/dtss",
  version: 1,
  title: "Dynamic timesteps (DTSS)",
  help: "Lets each tile go faster where a step gains little, and stop where it begins to lose.",
  source: "AdaDiffSR, dynamic timesteps sampling; intervals 5, 10, 15, 20 of 1000 in the paper",
  inputs: {},
  params: {
    threshold: number({
      default: 0.005,
      min: 0,
      max: 1,
      softMax: 0.05,
      step: 0.001,
      help: "Gains of at most this size count as none.",
    }),
    growing: interval("Timesteps that a step goes where both gains rise; also the first two.", 25),
    mixed: interval("The same where the gains say neither.", 50),
    stable: interval("The same where fidelity rises and naturalness stands still.", 75),
    still: interval("The same where both stand still.", 100),
    start: integer({
      default: 1000,
      min: 1,
      max: 100000,
      help: "The timestep to start from; no later than the model's last.",
    }),
    leaveEarly: boolean({
      default: true,
      help: "Tiles whose naturalness falls end there, with the best of what they had.",
    }),
  },
  outputs: { policy: policy() },
  run: async (_inputs, params) => ({
    policy: { kind: "dtss", key: `dtss ${JSON.stringify(params)}`, modules: {}, options: params },
  }),
});

/** @throws DiopterError `node/invalid-value` at the port `policy` for a policy of another kind. */
export function readPolicy({ kind, options }: LoopPartValue): DynamicPolicy {
  const { threshold, growing, mixed, stable, still, start, leaveEarly } = options;
  if (
    kind === "dtss" &&
    typeof threshold === "number" &&
    typeof growing === "number" &&
    typeof mixed === "number" &&
    typeof stable === "number" &&
    typeof still === "number" &&
    typeof start === "number"
  ) {
    const intervals = { growing, mixed, stable, still };
    return { threshold, intervals, start, leaveEarly: leaveEarly === true };
  }
  throw new DiopterError("node/invalid-value", {
    message: `The policy "${kind}" is not known to this sampler.`,
    remedy: "Wire sampling/dtss.",
    port: "policy",
  });
}
