/** Words of the parts that every panel is made of. */
export const partStrings = {
  close: "Close",
  cancel: "Cancel",
  dismiss: "Dismiss",
  notices: "Notices",
  resize: (pane: string) => `Resize ${pane}`,
};
