import type { Preview, RunContext } from "@diopter/engine";

type Series = Extract<Preview, { readonly kind: "curves" }>["series"];

/** Shows timesteps over steps as curves. */
export function previewTimesteps(context: Pick<RunContext, "preview">, series: Series): void {
  context.preview({ kind: "curves", x: "step", y: "timestep", series });
}
