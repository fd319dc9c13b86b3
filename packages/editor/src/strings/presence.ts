/** Words about the others in a workflow. */
export const presenceStrings = {
  rename: "Your name",
  name: "Name",
  nameHelp: "Others who have the same workflow open see it beside your pointer.",
  renameYou: (name: string) => `${name} (you): change your name`,
};
