import { image } from "@diopter/engine";
import { defineSwitch } from "./define-switch.js";

export const switchImage = defineSwitch({
  type: "control/switch",
  title: "Switch",
  things: "pictures",
  output: "image",
  port: image,
});
