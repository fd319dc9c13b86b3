import { panesStore } from "../state/panes.js";

const prefersLight = "(prefers-color-scheme: light)";

/** The theme that is shown, with `system` looked up. */
export function shownTheme(): "dark" | "light" {
  const { theme } = panesStore.getState();
  if (theme !== "system") return theme;
  return window.matchMedia(prefersLight).matches ? "light" : "dark";
}

/** Keeps the page's colours to the chosen theme, and to the system's as it changes. */
export function followTheme(): void {
  const apply = () => {
    document.documentElement.dataset.theme = shownTheme();
  };
  apply();
  panesStore.subscribe(apply);
  window.matchMedia(prefersLight).addEventListener("change", apply);
}
