import { map } from "@diopter/engine";
import { defineSwitch } from "./define-switch.js";

export const switchMap = defineSwitch({
  type: "control/switch-map",
  title: "Switch maps",
  things: "maps",
  output: "map",
  port: map,
});
