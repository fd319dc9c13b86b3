import { correlate } from "./correlate.js";
import type { Pause, Picture } from "./degraded-picture.js";
import { blurKernel } from "./kernels.js";
import type { BlurOperation } from "./recipe.js";

/** Blurs with any kernel, sinc included; the size stays. Sinc kernels overshoot at edges. */
export function blur(picture: Picture, operation: BlurOperation, pause: Pause): Promise<Picture> {
  return correlate(picture, blurKernel(operation), pause);
}
