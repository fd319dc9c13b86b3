/** How pictures are compared. */
export type CompareMode = "single" | "slider" | "side" | "difference";

/** All modes in the order of the switch. */
export const compareModes = ["single", "slider", "side", "difference"] as const;

/** The mode that can be shown: comparing takes two pictures. */
export function possibleMode(wanted: CompareMode, pictures: number): CompareMode {
  return pictures < 2 ? "single" : wanted;
}

/** Letters by which several pictures are told apart. */
export const letterOf = (index: number): string => "ABCD"[index] ?? String(index + 1);

/** Columns of panes side by side. */
export const columnsOf = (panes: number): number => (panes <= 3 ? panes : 2);
