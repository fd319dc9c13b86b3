import { boolean, booleanPort, DiopterError, defineNode, image } from "@diopter/engine";

/** Only the input that is chosen is computed; the other's nodes do not run. */
export const switchImage = defineNode({
  type: "control/switch",
  version: 1,
  title: "Switch",
  help: "Hands one of two pictures on and does not compute the other.",
  inputs: {
    whenOn: image({ lazy: true, help: "Handed on when the switch is on" }),
    whenOff: image({ lazy: true, help: "Handed on when the switch is off" }),
    condition: booleanPort({ optional: true, help: "Turns the switch, instead of the parameter" }),
  },
  params: { on: boolean({ default: true }) },
  outputs: { image: image() },
  needs: ({ on }, { condition }) => [(condition ?? on) ? "whenOn" : "whenOff"],
  async run({ whenOn, whenOff, condition }, { on }) {
    const isOn = condition ?? on;
    const chosen = isOn ? whenOn : whenOff;
    if (chosen !== undefined) return { image: chosen };
    throw new DiopterError("document/missing-input", {
      message: `The switch is ${isOn ? "on" : "off"}, and nothing is wired to that input.`,
      remedy: "Wire the input, or turn the switch.",
      port: isOn ? "whenOn" : "whenOff",
    });
  },
});
