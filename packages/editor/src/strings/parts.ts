/** Words of the parts that every panel is made of. */
export const partStrings = {
  close: "Close",
  cancel: "Cancel",
  dismiss: "Dismiss",
  panelFailed: "This panel could not be shown. Your work is not affected.",
  again: "Try again",
  reload: "Reload the page",
  notices: "Notices",
  resize: (pane: string) => `Resize ${pane}`,
};
