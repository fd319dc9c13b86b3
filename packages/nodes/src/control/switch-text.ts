import { textPort } from "@diopter/engine";
import { defineSwitch } from "./define-switch.js";

export const switchText = defineSwitch({
  type: "control/switch-text",
  title: "Switch texts",
  things: "texts",
  output: "text",
  port: textPort,
});
