import {
  boolean,
  booleanPort,
  DiopterError,
  defineNode,
  type Port,
  type PortOptions,
} from "@diopter/engine";

/** What a switch passes on. */
export interface Switched {
  readonly type: string;
  readonly title: string;
  /** In the plural, for the help. */
  readonly things: string;
  /** The name of the output. */
  readonly output: string;
  readonly port: (options?: PortOptions) => Port;
}

/**
 * A switch between two inputs of one type. Only the one that is chosen is computed; the nodes of
 * the other do not run.
 */
export function defineSwitch({ type, title, things, output, port }: Switched) {
  return defineNode({
    type,
    version: 1,
    title,
    help: `Hands one of two ${things} on and does not compute the other.`,
    inputs: {
      whenOn: port({ lazy: true, help: "Handed on when the switch is on" }),
      whenOff: port({ lazy: true, help: "Handed on when the switch is off" }),
      condition: booleanPort({
        optional: true,
        help: "Turns the switch, instead of the parameter",
      }),
    },
    params: { on: boolean({ default: true }) },
    outputs: { [output]: port() },
    needs: ({ on }, { condition }) => [(condition ?? on) ? "whenOn" : "whenOff"],
    async run({ whenOn, whenOff, condition }, { on }) {
      const isOn = condition ?? on;
      const chosen = isOn ? whenOn : whenOff;
      if (chosen !== undefined) return { [output]: chosen };
      throw new DiopterError("document/missing-input", {
        message: `The switch is ${isOn ? "on" : "off"}, and nothing is wired to that input.`,
        remedy: "Wire the input, or turn the switch.",
        port: isOn ? "whenOn" : "whenOff",
      });
    },
  });
}
