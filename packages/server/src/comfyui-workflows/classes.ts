import type { ComfyClass } from "./comfy-class.js";
import { modelClasses } from "./model-classes.js";
import { pictureClasses } from "./picture-classes.js";
import { primitiveClasses } from "./primitive-classes.js";

/** The classes of ComfyUI that are known here, by name. */
export const comfyClasses: Readonly<Record<string, ComfyClass>> = Object.assign(
  Object.create(null),
  pictureClasses,
  modelClasses,
  primitiveClasses,
);
