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

const isWide = typeof window !== "undefined" && window.innerWidth >= 1100;

const initial: PanesState = {
  theme: "system",
  left: {
    open: typeof window !== "undefined" && window.innerWidth >= 1500,
    size: 228,
    tab: "library",
  },
  right: { open: isWide, size: 304, tab: "inspector" },
  bottom: { open: false, size: 260, tab: "queue" },
};

/** Theme, open panes and their sizes. */
export const panesStore = createStore<PanesState>(() => readStored("panes", schema) ?? initial);

panesStore.subscribe((state) => writeStored("panes", state));

/** Changes one pane; a size is kept within its limits. */
export function setPane(name: PaneName, change: Partial<PanesState[PaneName]>): void {
  const [least, most] = paneLimits[name];
  panesStore.setState((state) => {
    const merged = { ...state[name], ...change };
    return { [name]: { ...merged, size: Math.min(most, Math.max(least, merged.size)) } };
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
