import { numberPort } from "@diopter/engine";
import { defineSwitch } from "./define-switch.js";

export const switchNumber = defineSwitch({
  type: "control/switch-number",
  title: "Switch numbers",
  things: "numbers",
  output: "number",
  port: numberPort,
});
