import { latent } from "@diopter/engine";
import { defineSwitch } from "./define-switch.js";

export const switchLatent = defineSwitch({
  type: "control/switch-latent",
  title: "Switch latents",
  things: "latents",
  output: "latent",
  port: latent,
});
