import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/** A panel that takes no props: it reads the stores by the hooks of `src/state`. */
export type Panel = ComponentType | LazyExoticComponent<ComponentType>;

/**
 * The panels that the shell has places for. A panel that is not here yet has no tab. Large ones are
 * loaded when they are first shown:
 *
 *     queue: lazy(() => import("../queue/panel.js").then((m) => ({ default: m.QueuePanel }))),
 */
export interface Slots {
  /** Right: parameters of the chosen nodes. */
  readonly inspector?: Panel;
  /** Right: only the public parameters, as a simple app. */
  readonly interface?: Panel;
  /** Bottom: queue and history. */
  readonly queue?: Panel;
  /** Bottom, and over the canvas when it is enlarged: pictures. */
  readonly viewer?: Panel;
  /** Bottom: a table of pictures over one or two parameters. */
  readonly grid?: Panel;
  /** In a dialog. */
  readonly settings?: Panel;
}

export const slots: Slots = {
  inspector: lazy(() =>
    import("../inspector/inspector-panel.js").then((m) => ({ default: m.InspectorPanel })),
  ),
  interface: lazy(() =>
    import("../interface-panel/interface-panel.js").then((m) => ({ default: m.InterfacePanel })),
  ),
  queue: lazy(() => import("../queue/queue-panel.js").then((m) => ({ default: m.QueuePanel }))),
  viewer: lazy(() => import("../viewer/viewer-panel.js").then((m) => ({ default: m.ViewerPanel }))),
  grid: lazy(() => import("../grid/grid-panel.js").then((m) => ({ default: m.GridPanel }))),
};

export { lazy };
