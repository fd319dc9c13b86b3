/** Colours of frames by the names that the document stores. */
export const frameColours: Readonly<Record<string, string>> = {
  slate: "#7c8798",
  blue: "#4f86d9",
  green: "#4d9b6a",
  amber: "#c2913c",
  red: "#c9605a",
  violet: "#8d74c9",
};
