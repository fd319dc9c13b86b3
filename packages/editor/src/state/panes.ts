import { z } from "zod";
import { createStore } from "zustand/vanilla";
import { readStored, writeStored } from "./stored.js";

const schema = z.object({
  theme: z.enum(["system", "dark", "light"]),
  left: z.object({ open: z.boolean(), size: z.number(), tab: z.string() }),
  right: z.object({ open: z.boolean(), size: z.number(), tab: z.string() }),
  bottom: z.object({ open: z.boolean(), size: z.number(), tab: z.string() }),
});

/** A side of the window that holds panels. */
export type PaneName = "left" | "right" | "bottom";

/** What of the window's arrangement outlives a visit. */
export type PanesState = z.infer<typeof schema>;

/** Smallest and largest size of each pane, in pixels. */
export const paneLimits: Readonly<Record<PaneName, readonly [number, number]>> = {
  left: [180, 420],
  right: [240, 560],
  bottom: [140, 900],
};

const hasWindow = typeof window !== "undefined";
const isWide = hasWindow && window.innerWidth >= 1100;
/** At this width and below, side panes lie over the canvas: the style sheet has the same. */
const narrow = 900;

const initial: PanesState = {
  theme: "system",
  left: {
    open: hasWindow && window.innerWidth >= 1500,
    size: 228,
    tab: "library",
  },
  right: { open: isWide, size: 304, tab: "inspector" },
  bottom: {
    open: false,
    size: Math.max(260, hasWindow ? Math.round(window.innerHeight * 0.36) : 0),
    tab: "queue",
  },
};

/** Theme, open panes and their sizes. */
export const panesStore = createStore<PanesState>(() => readStored("panes", schema) ?? initial);

panesStore.subscribe((state) => writeStored("panes", state));

const opposite = { left: "right", right: "left", bottom: undefined } as const;

/**
 * Changes one pane; a size is kept within its limits. Where the window is narrow, a side that opens
 * closes the other one: both would hide the canvas.
 */
export function setPane(name: PaneName, change: Partial<PanesState[PaneName]>): void {
  const [least, most] = paneLimits[name];
  const other = opposite[name];
  panesStore.setState((state) => {
    const merged = { ...state[name], ...change };
    const changed = { [name]: { ...merged, size: Math.min(most, Math.max(least, merged.size)) } };
    const hidesOther = merged.open && hasWindow && window.innerWidth <= narrow;
    return other === undefined || !hidesOther
      ? changed
      : { ...changed, [other]: { ...state[other], open: false } };
  });
}

/** Opens the pane that holds a panel and shows that panel. */
export function showPanel(pane: PaneName, tab: string): void {
  setPane(pane, { open: true, tab });
}

/** Chooses the theme; `system` follows the operating system. */
export function setTheme(theme: PanesState["theme"]): void {
  panesStore.setState({ theme });
}
